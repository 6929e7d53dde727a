package io.helidon.builder.api;

import io.helidon.common.HelidonServiceLoader;
import io.helidon.common.config.Config;
import io.helidon.common.config.ConfiguredProvider;
import io.helidon.common.config.NamedService;
import java.util.List;
import java.util.Optional;

/**
 * The one type that Helidon dropped after 4.1 and that DbClient 4.1 was compiled against.
 *
 * <p>To the JVM, the nested type {@code Prototype.ConfiguredBuilder} is a class file of this name. DbClient only needs
 * it to exist: its services are given in code, never discovered, so the two discovering methods find none.
 */
@SuppressWarnings("removal") // Helidon's older configuration types, which DbClient 4.1 speaks
public interface Prototype$ConfiguredBuilder<BUILDER, PROTOTYPE> extends Prototype.Builder<BUILDER, PROTOTYPE> {

    /** Reads the builder's options from a configuration. */
    BUILDER config(Config config);

    /** Answers the services that were given in code. */
    default <S extends NamedService, T extends ConfiguredProvider<S>> List<S> discoverServices(
            Config config,
            String key,
            HelidonServiceLoader<T> loader,
            Class<T> providerType,
            Class<S> configType,
            boolean discoverByDefault,
            List<S> existing) {
        return existing;
    }

    /** Answers the service that was given in code. */
    default <S extends NamedService, T extends ConfiguredProvider<S>> Optional<S> discoverService(
            Config config,
            String key,
            HelidonServiceLoader<T> loader,
            Class<T> providerType,
            Class<S> configType,
            boolean discoverByDefault,
            Optional<S> existing) {
        return existing;
    }
}
