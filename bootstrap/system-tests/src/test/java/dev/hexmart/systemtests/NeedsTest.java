package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedsTest {

    @Test
    void presentProgramEnablesTheTest() {
        assertThat(decide(Map.of("PROMTOOL", "/usr/bin/promtool", "CI", "true")))
                .isTrue();
    }

    @Test
    void missingProgramSkipsTheTestOnADevelopersMachine() {
        assertThat(decide(Map.of())).isFalse();
        assertThat(decide(Map.of("PROMTOOL", "", "CI", "false"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHROMIUM", "PROMETHEUS", "PROMTOOL", "GRAMMARS"})
    void missingProgramFailsTheTestOnABuildServer(String variable) {
        assertThatThrownBy(() -> Needs.Condition.decide(variable, Map.of("CI", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(variable);
    }

    private static boolean decide(Map<String, String> environment) {
        return !Needs.Condition.decide("PROMTOOL", environment).isDisabled();
    }
}
