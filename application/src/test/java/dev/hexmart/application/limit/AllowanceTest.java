package dev.hexmart.application.limit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    @Test
    void anAllowanceIsForSomethingInSomeTime() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new Allowance(0, minute)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Allowance(1_000_001, minute)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Allowance(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Allowance(1, Duration.ofHours(25))).isInstanceOf(IllegalArgumentException.class);
    }
}
