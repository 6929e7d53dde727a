package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.H2load;
import dev.hexmart.tools.bench.generator.Latency;
import dev.hexmart.tools.bench.generator.Wrk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The outputs are those of wrk 4.1.0, h2load 1.52.0, pgbench 15.18 and redis-benchmark 7.0.15. */
class GeneratorOutputTest {

    @Test
    void wrkTellsRequestsAndPercentiles() {
        Burst burst = Wrk.parse(sample("wrk.txt"));

        assertThat(burst)
                .isEqualTo(
                        new Burst(287, 2.100194, 0, new Latency(46.491, 114.787, 172.745, OptionalDouble.of(217.871))));
    }

    @Test
    void wrkTellsAnswersOfStatus400AndAboveAsErrors() {
        Burst burst = Wrk.parse(sample("wrk-errors.txt"));

        assertThat(burst.requests()).isEqualTo(314);
        assertThat(burst.errors()).isEqualTo(314);
    }

    @Test
    void wrkWithoutAResultIsAFailureWithItsWords() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect to 127.0.0.1:34998 Connection refused\n"))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("unable to connect to 127.0.0.1:34998");
    }

    @Test
    void percentilesOfH2loadAreThoseOfItsLog() {
        Burst burst = H2load.parse(sample("h2load.txt"), sample("h2load-log.txt"));

        assertThat(burst.requests()).isEqualTo(36);
        assertThat(burst.seconds()).isEqualTo(1.0);
        assertThat(burst.errors()).isZero();
        assertThat(burst.latencyMs().p999()).hasValue(115.999);
    }

    @Test
    void h2loadThatGotNoAnswerIsAFailure() {
        String output = sample("h2load.txt").replaceAll("(?m)^requests: .*$", """
            requests: 0 total, 0 started, 0 done, 0 succeeded, 0 failed, 0 errored, 0 timeout\
            """);

        assertThatThrownBy(() -> H2load.parse(output, "")).isInstanceOf(BenchFailure.class);
    }

    private static String sample(String name) {
        try (InputStream text = Objects.requireNonNull(GeneratorOutputTest.class.getResourceAsStream(name))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
