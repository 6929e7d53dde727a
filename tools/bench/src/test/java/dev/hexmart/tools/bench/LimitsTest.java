package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void pgbenchTellsTransactionsAndItsLogTheirTimes() {
        String output = "number of transactions actually processed: 3\nnumber of failed transactions: 1 (25.000%)\n";
        String log = "0 1 1000 0 1700000000 1\n0 2 3000 0 1700000000 2\n0 3 2000 0 1700000000 3\n";

        assertThat(Limits.parsePgbench(output, 2, log))
                .isEqualTo(new Burst(3, 2, 1, new Latency(2, 3, 3, OptionalDouble.of(3))));
    }

    @Test
    void redisBenchmarkTellsPercentilesWithoutTheLast() {
        String output = """
            "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
            "HGETALL cart","50000.00","0.5","0.1","0.4","0.9","1.5","4.0"
            """;

        assertThat(Limits.parseRedis(output, 100_000))
                .isEqualTo(new Burst(100_000, 2, 0, new Latency(0.4, 0.9, 1.5, OptionalDouble.empty())));
    }

    @Test
    void programThatMeasuredNothingIsAFailureWithItsWords() {
        assertThatThrownBy(() -> Limits.parsePgbench("no such database", 1, ""))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("no such database");
        assertThatThrownBy(() -> Limits.parseRedis("connection refused", 1))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("connection refused");
    }
}
