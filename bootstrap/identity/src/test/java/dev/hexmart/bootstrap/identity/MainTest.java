package dev.hexmart.bootstrap.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.identity.TenantKind;
import java.net.URI;
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

    /** As in a network of containers: the others know it by another name than itself. */
    @Test
    void theEnvironmentSaysWhereItListensAndUnderWhichNameItIsKnown() {
        IdentityProviderSettings settings = Main.settings(
                new Environment(Map.of("HTTP_HOST", "0.0.0.0", "IDENTITY_AUTHORITY", "http://identity:8090")));

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.authority()).hasValue(URI.create("http://identity:8090"));
    }

    @Test
    void tenantKindIsReadFromTheEnvironment() {
        assertThat(Main.settings(new Environment(Map.of())).kind()).isEqualTo(TenantKind.WORKFORCE);
        assertThat(Main.settings(new Environment(Map.of("IDENTITY_KIND", "external")))
                        .kind())
                .isEqualTo(TenantKind.EXTERNAL);
        assertThatThrownBy(() -> Main.settings(new Environment(Map.of("IDENTITY_KIND", "b2c"))))
                .hasMessageContaining("IDENTITY_KIND");
    }

    @Test
    void anAuthorityThatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> Main.settings(new Environment(Map.of("IDENTITY_AUTHORITY", "identity:8090"))))
                .hasMessageContaining("IDENTITY_AUTHORITY");
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertThatThrownBy(() -> Main.settings(new Environment(Map.of("IDENTITY_PORT", "65536"))))
                .hasMessageContaining("IDENTITY_PORT");
    }
}
