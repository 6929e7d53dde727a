package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntraSettingsTest {

    @Test
    void metadataAndKeysAreThoseOfThePublicCloud() {
        EntraSettings settings =
                EntraSettings.of(EntraSettings.PUBLIC_CLOUD, TestAuthority.TENANT, TestAuthority.CLIENT);

        assertThat(settings.metadata())
                .hasToString(
                        "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0/.well-known/openid-configuration");
        assertThat(settings.keys())
                .hasToString(
                        "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/discovery/v2.0/keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com",
                "https://contoso.ciamlogin.com",
                "https://11111111-1111-1111-1111-111111111111.ciamlogin.com",
                "https://login.contoso.com"
            })
    void theIssuerIsBelowTheAuthorityOrExternalIdsWithTheTenantInItsHost(String authority) {
        String tenant = TestAuthority.TENANT.toString();

        assertThat(settings(authority).possibleIssuers())
                .containsOnly(
                        authority + "/" + tenant + "/v2.0", "https://" + tenant + ".ciamlogin.com/" + tenant + "/v2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.us",
                "http://localhost:8090",
                "http://127.0.0.1:8090",
                "http://[::1]:8090",
                "http://identity:8090",
                "http://local-identity"
            })
    void anAuthorityIsReachedBySafeMeans(String authority) {
        assertThat(settings(authority).authority()).hasToString(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.microsoftonline.com",
                "http://10.0.0.1:8090",
                "http://134744072",
                "http://0x8080808",
                "http://[2001:db8::1]",
                "http://identity.:8090",
                "http://identity:8090/",
                "https://login.microsoftonline.com/",
                "https://login.microsoftonline.com/common",
                "login.microsoftonline.com",
                "file:/etc/keys",
                "https:/x",
                ""
            })
    void anotherAuthorityIsRefusedWithWhatToWrite(String authority) {
        assertThatThrownBy(() -> settings(authority))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be https://<host>");
    }

    private static EntraSettings settings(String authority) {
        return EntraSettings.of(URI.create(authority), TestAuthority.TENANT, TestAuthority.CLIENT);
    }
}
