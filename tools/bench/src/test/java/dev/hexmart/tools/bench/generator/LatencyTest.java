package dev.hexmart.tools.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void percentilesAreByNearestRank() {
        double[] times =
                IntStream.rangeClosed(1, 1000).mapToDouble(i -> 1001 - i).toArray();

        assertThat(Latency.of(times)).isEqualTo(new Latency(500, 950, 990, OptionalDouble.of(999)));
    }

    @Test
    void percentileOfFewTimesIsOneOfThem() {
        assertThat(Latency.of(new double[] {7})).isEqualTo(new Latency(7, 7, 7, OptionalDouble.of(7)));
        assertThat(Latency.of(new double[] {3, 1, 2})).isEqualTo(new Latency(2, 3, 3, OptionalDouble.of(3)));
    }

    @Test
    void nothingMeasuredIsZero() {
        assertThat(Latency.of(new double[0])).isEqualTo(Latency.NONE);
        assertThat(Latency.median(DoubleStream.empty())).isZero();
    }

    @Test
    void medianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Latency.median(DoubleStream.of(9, 1, 5))).isEqualTo(5);
        assertThat(Latency.median(DoubleStream.of(9, 1, 5, 4))).isEqualTo(4.5);
    }
}
