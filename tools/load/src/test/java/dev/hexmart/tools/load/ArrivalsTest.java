package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.load.Arrivals.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {

    @ParameterizedTest
    @CsvSource({"10, PT60S, 600", "20, PT30S, 600", "0.5, PT10S, 5", "0.1, PT1S, 1", "3, PT1.5S, 4"})
    void asManyComeAsTheRateSays(double rate, Duration duration, int expected) {
        assertThat(new Arrivals(rate, duration).count()).isEqualTo(expected);
    }

    @Test
    void arrivalsAreEvenlySpaced() {
        Clock clock = new Clock();
        List<Long> intended = new ArrayList<>();
        List<Long> actual = new ArrayList<>();

        new Arrivals(4, Duration.ofSeconds(1)).send(clock, (_, at) -> {
            intended.add(at);
            actual.add(clock.now());
        });

        assertThat(intended).containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L);
        assertThat(actual).isEqualTo(intended);
    }

    @Test
    void delayKeepsTheIntendedArrivalsOfAllShoppers() {
        Clock clock = new Clock();
        List<Long> late = new ArrayList<>();

        new Arrivals(10, Duration.ofSeconds(1)).send(clock, (number, intended) -> {
            late.add((clock.now() - intended) / 1_000_000);
            if (number == 2) {
                clock.pass(Duration.ofMillis(350));
            }
        });

        assertThat(late).containsExactly(0L, 0L, 0L, 250L, 150L, 50L, 0L, 0L, 0L, 0L);
    }

    /** Stands still but when it is waited on or told to go on. */
    private static final class Clock implements Timeline {

        private long now;

        void pass(Duration time) {
            now += time.toNanos();
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void waitUntil(long nanos) {
            now = Math.max(now, nanos);
        }
    }
}
