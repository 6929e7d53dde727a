package dev.hexmart.tools.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long each step took, in all; and the checkouts of late, for who watches. */
final class Measurements {

    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    private final Map<Step, Histogram> histograms = new EnumMap<>(Step.class);
    private final Recorder recent = new Recorder(DIGITS);

    Measurements() {
        for (Step step : Step.values()) {
            histograms.put(step, new ConcurrentHistogram(DIGITS));
        }
    }

    /** @param nanos a time that the clock going backwards cannot make less than nothing */
    void record(Step step, long nanos) {
        long time = Math.max(0, nanos);
        of(step).recordValue(time);
        if (step == Step.CHECKOUT) {
            recent.recordValue(time);
        }
    }

    /** What has been recorded so far. */
    Summary summary(Step step) {
        Histogram histogram = of(step);
        return new Summary(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / NANOS_A_MILLI,
                histogram.getValueAtPercentile(95) / NANOS_A_MILLI,
                histogram.getValueAtPercentile(99) / NANOS_A_MILLI,
                histogram.getMaxValue() / NANOS_A_MILLI);
    }

    /** The checkouts' 95th percentile since this was last asked, in milliseconds; 0 if there were none. */
    double recentP95() {
        return recent.getIntervalHistogram().getValueAtPercentile(95) / NANOS_A_MILLI;
    }

    private Histogram of(Step step) {
        return Objects.requireNonNull(histograms.get(step));
    }

    /** In milliseconds. */
    record Summary(long count, double p50, double p95, double p99, double max) {}
}
