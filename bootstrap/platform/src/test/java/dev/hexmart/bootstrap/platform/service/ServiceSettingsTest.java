package dev.hexmart.bootstrap.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {

    @Test
    void defaultsArePublicCloudAndTenSecondsBetweenKeyFetches() {
        ServiceSettings settings = settings(Map.of());

        assertThat(settings.identity().authority()).isEqualTo(URI.create("https://login.microsoftonline.com"));
        assertThat(settings.identity().unknownKeyInterval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aKeyThatTheAuthorityDoesNotKnowCanBeLookedForMoreOften() {
        assertThat(settings(Map.of("ENTRA_UNKNOWN_KEY_INTERVAL", "PT5S"))
                        .identity()
                        .unknownKeyInterval())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void streamsAreLimitedByCustomerUnlessSwitchedOff() {
        assertThat(settings(Map.of()).server().streams().customer()).hasValue(20);
        assertThat(settings(Map.of()).server().streams().address()).isEmpty();
        assertThat(settings(Map.of("STREAM_LIMIT_CUSTOMER", "off"))
                        .server()
                        .streams()
                        .customer())
                .isEmpty();
    }

    @Test
    void streamsAreLimitedByAddressAtTheEdge() {
        Environment environment = new Environment(Map.of("STREAM_LIMIT_ADDRESS", "7"));
        StreamLimits limits = settings(Map.of("STREAM_LIMIT_CUSTOMER", "5"))
                .limitingStreamsByAddress(environment, TrustedProxies.NONE)
                .server()
                .streams();
        assertThat(limits.address()).hasValue(7);
        assertThat(limits.customer()).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "100001"})
    void aStreamLimitThatIsNoNumberIsNamed(String limit) {
        assertThatThrownBy(() -> settings(Map.of("STREAM_LIMIT_CUSTOMER", limit)))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageStartingWith("STREAM_LIMIT_CUSTOMER must be a whole number from 1 to 100000, or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "PT0S", "5s", "-PT5S"})
    void anIntervalThatIsNoneIsNamed(String interval) {
        Map<String, String> wrong = Map.of("ENTRA_UNKNOWN_KEY_INTERVAL", interval);

        assertThatThrownBy(() -> settings(wrong))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("ENTRA_UNKNOWN_KEY_INTERVAL");
    }

    @Test
    void anAuthorityWithoutTlsIsAContainersOnly() {
        assertThat(settings(Map.of("ENTRA_AUTHORITY", "http://identity:8090"))
                        .identity()
                        .authority())
                .isEqualTo(URI.create("http://identity:8090"));
        Map<String, String> wrong = Map.of("ENTRA_AUTHORITY", "http://login.example.com");
        assertThatThrownBy(() -> settings(wrong))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("ENTRA_AUTHORITY must be https://<host>");
    }

    private static ServiceSettings settings(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("ENTRA_TENANT_ID", "11111111-1111-1111-1111-111111111111");
        variables.put("ENTRA_CLIENT_ID", "22222222-2222-2222-2222-222222222222");
        return ServiceSettings.from(new Environment(variables), "orders", 8083);
    }
}
