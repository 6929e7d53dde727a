package dev.hexmart.bootstrap.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.bootstrap.runtime.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void withoutSettingsItIsTheDemos() {
        assertThat(Main.settings(new Environment(Map.of()))).isEqualTo(IdentityProviderSettings.local());
        assertThat(IdentityProviderSettings.local().port()).isEqualTo(8090);
    }

    @Test
    void theEnvironmentSetsPortFolderAndSecret() {
        IdentityProviderSettings settings = Main.settings(new Environment(
                Map.of("IDENTITY_PORT", "18090", "IDENTITY_DATA", "some/folder", "IDENTITY_CLIENT_SECRET", "mine")));

        assertThat(settings.port()).isEqualTo(18090);
        assertThat(settings.dataFolder()).hasValue(Path.of("some/folder"));
        assertThat(settings.directory().clientSecret()).isEqualTo("mine");
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertThatThrownBy(() -> Main.settings(new Environment(Map.of("IDENTITY_PORT", "65536"))))
                .hasMessageContaining("IDENTITY_PORT");
    }
}
