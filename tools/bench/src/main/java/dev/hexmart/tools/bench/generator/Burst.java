package dev.hexmart.tools.bench.generator;

/**
 * What a load came to.
 *
 * @param requests all that were answered
 * @param errors the answers that were none, or of a status of 400 and above
 */
public record Burst(long requests, double seconds, long errors, Latency latencyMs) {}
