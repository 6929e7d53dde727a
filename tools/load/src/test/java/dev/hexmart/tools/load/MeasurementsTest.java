package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private static final long MILLI = 1_000_000;

    private final Measurements measurements = new Measurements();

    @Test
    void percentilesAreRightToAThousandth() {
        for (int i = 1000; i >= 1; i--) {
            measurements.record(Step.VIEW, i * MILLI);
        }

        Measurements.Summary summary = measurements.summary(Step.VIEW);

        Percentage thousandth = Percentage.withPercentage(0.1);
        assertThat(summary.count()).isEqualTo(1000);
        assertThat(summary.p50()).isCloseTo(500, thousandth);
        assertThat(summary.p95()).isCloseTo(950, thousandth);
        assertThat(summary.p99()).isCloseTo(990, thousandth);
        assertThat(summary.max()).isCloseTo(1000, thousandth);
    }

    @Test
    void stepsAreMeasuredApart() {
        measurements.record(Step.VIEW, MILLI);

        assertThat(measurements.summary(Step.CHECKOUT)).isEqualTo(new Measurements.Summary(0, 0, 0, 0, 0));
    }

    @Test
    void recentMeasurementsStartAtTheLastRead() {
        measurements.record(Step.CHECKOUT, 900 * MILLI);
        assertThat(measurements.recentP95()).isCloseTo(900, within(1.0));

        measurements.record(Step.CHECKOUT, 20 * MILLI);
        measurements.record(Step.VIEW, 700 * MILLI);

        assertThat(measurements.recentP95()).isCloseTo(20, within(0.1));
        assertThat(measurements.recentP95()).isZero();
        assertThat(measurements.summary(Step.CHECKOUT).max()).isCloseTo(900, within(1.0));
    }
}
