package dev.hexmart.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.limit.Allowance;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitVariablesTest {

    @Test
    void thereAreLimitsWhereTheEnvironmentSaysNothing() {
        var settings = RateLimitVariables.read(new Environment(Map.of()));
        assertThat(settings.customer()).contains(new Allowance(1000, Duration.ofMinutes(1)));
        assertThat(settings.address()).contains(new Allowance(6000, Duration.ofMinutes(1)));
        assertThat(settings.connections()).hasValue(250);
    }

    @Test
    void limitsAreConfiguredSeparately() {
        var settings = RateLimitVariables.read(
                new Environment(Map.of("RATE_LIMIT_CUSTOMER", "5/PT0.5S", "RATE_LIMIT_ADDRESS", "off")));
        assertThat(settings.customer()).contains(new Allowance(5, Duration.ofMillis(500)));
        assertThat(settings.address()).isEmpty();
    }

    @Test
    void connectionsOfAnAddressCanBeSetOrUnlimited() {
        var set = RateLimitVariables.read(new Environment(Map.of("CONNECTIONS_PER_ADDRESS", "20")));
        assertThat(set.connections()).hasValue(20);
        var off = RateLimitVariables.read(new Environment(Map.of("CONNECTIONS_PER_ADDRESS", "off")));
        assertThat(off.connections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMIT_CUSTOMER, canary",
        "RATE_LIMIT_CUSTOMER, 1000",
        "RATE_LIMIT_CUSTOMER, 1000/canary",
        "RATE_LIMIT_ADDRESS,  /PT1M",
        "RATE_LIMIT_ADDRESS,  0/PT1M",
        "RATE_LIMIT_ADDRESS,  1/PT0S",
        "RATE_LIMIT_ADDRESS,  1/P2D",
        "TRUSTED_PROXIES,     canary.example.org",
        "CONNECTIONS_PER_ADDRESS, 0",
        "CONNECTIONS_PER_ADDRESS, canary",
    })
    void whatIsNoLimitIsAnErrorThatNamesTheVariable(String variable, String value) {
        assertThatThrownBy(() -> RateLimitVariables.read(new Environment(Map.of(variable, value))))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageStartingWith(variable + " must be")
                .hasMessageNotContaining("canary");
    }
}
