package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static Environment with(String value) {
        return new Environment(Map.of("SETTING", value));
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        assertThatThrownBy(() -> new Environment(Map.of()).text("SETTING"))
                .isInstanceOf(ConfigurationError.class)
                .hasMessage("SETTING is not set");
    }

    @Test
    void aVariableThatIsSetToNothingCountsAsNotSet() {
        assertThat(with("  ").find("SETTING")).isEmpty();
        assertThat(with("").numberOr("SETTING", 7, 1, 9)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "ftp://canary", "http:canary", "http://canary host"})
    void invalidAddressIsRefusedWithoutItsValue(String value) {
        assertThatThrownBy(() -> with(value).uri("SETTING", "http", "https"))
                .isInstanceOf(ConfigurationError.class)
                .hasMessage("SETTING must be an address that begins with http:// or https://")
                .hasMessageNotContaining("canary");
    }

    @Test
    void anAddressIsRead() {
        assertThat(with("http://localhost:8083").uri("SETTING", "http")).isEqualTo(URI.create("http://localhost:8083"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "eighty", "80.5"})
    void invalidPortIsRefused(String value) {
        assertThatThrownBy(() -> with(value).portOr("SETTING", 8080))
                .isInstanceOf(ConfigurationError.class)
                .hasMessage("SETTING must be a whole number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15m", "PT0S", "-PT1S"})
    void nonPositiveDurationIsRefused(String value) {
        assertThatThrownBy(() -> with(value).durationOr("SETTING", Duration.ofMinutes(15)))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageStartingWith("SETTING must be an ISO-8601 duration");
    }

    @Test
    void aTimeIsRead() {
        assertThat(with("PT90S").durationOr("SETTING", Duration.ofMinutes(15))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aWordThatIsNotOneOfThoseKnownIsRefusedAndTheOthersNamed() {
        assertThat(with("json").choiceOr("SETTING", "text", "text", "json")).isEqualTo("json");
        assertThat(with("").choiceOr("SETTING", "text", "text", "json")).isEqualTo("text");
        assertThat(with("true").flagOr("SETTING", false)).isTrue();
        assertThat(with("").flagOr("SETTING", false)).isFalse();
        assertThatThrownBy(() -> with("canary").flagOr("SETTING", false))
                .isInstanceOf(ConfigurationError.class)
                .hasMessage("SETTING must be true or false");
    }
}
