package dev.hexmart.tools.bench.generator;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Percentiles in milliseconds. @param p999 not every tool tells it */
public record Latency(double p50, double p95, double p99, OptionalDouble p999) {

    public static final Latency NONE = new Latency(0, 0, 0, OptionalDouble.empty());

    /** By nearest rank: each is one of the times. */
    public static Latency of(double[] millis) {
        if (millis.length == 0) {
            return NONE;
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latency(at(sorted, 50), at(sorted, 95), at(sorted, 99), OptionalDouble.of(at(sorted, 99.9)));
    }

    private static double at(double[] sorted, double percentile) {
        // In tenths of a per cent, so that no rank is missed by a rounding error.
        int rank = (int) Math.ceilDiv(Math.round(percentile * 10) * sorted.length, 1000);
        return sorted[Math.max(1, rank) - 1];
    }

    /** The middle one, or the mean of the two in the middle; 0 of nothing. */
    public static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
