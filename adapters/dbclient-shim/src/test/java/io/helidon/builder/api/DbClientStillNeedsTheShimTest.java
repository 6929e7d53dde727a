package io.helidon.builder.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.JdbcClientProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Red on the day when the shim can go: then delete its module. */
@DisplayName("The DbClient shim is still needed")
final class DbClientStillNeedsTheShimTest {

    private static final String SHIM = "io/helidon/builder/api/Prototype$ConfiguredBuilder";

    @Test
    void dbClientRefersToTheTypeThatTheShimProvides() throws IOException {
        assertThat(List.of(jarOf(DbClient.class), jarOf(JdbcClientProvider.class)))
                .anyMatch(DbClientStillNeedsTheShimTest::refersToShim);
    }

    @Test
    void helidonItselfDoesNotProvideThatType() throws IOException {
        try (JarFile helidon = new JarFile(jarOf(Prototype.class).toFile())) {
            assertThat(helidon.getEntry(SHIM + ".class")).isNull();
            assertThat(helidon.getEntry("io/helidon/builder/api/Prototype.class"))
                    .isNotNull();
        }
    }

    @Test
    void withTheShimDbClientStarts() {
        assertThat(DbClient.builder(new JdbcClientProvider())).isNotNull();
    }

    /** Class names stand in a class file's constant pool as plain text. */
    private static boolean refersToShim(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream()
                    .filter(each -> each.getName().endsWith(".class"))
                    .toList()) {
                String content = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                if (content.contains(SHIM)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + jar, e);
        }
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
