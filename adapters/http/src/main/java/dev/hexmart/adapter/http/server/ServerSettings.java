package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.StreamLimits;
import java.time.Duration;

/**
 * Where a server listens, and what it puts up with.
 *
 * @param management a listener of its own, so that health can be asked when the public one is full, and never from outside
 * @param streams how many of the streams a single caller may have
 * @param https whether those outside reach us by TLS alone, which something in front of us sees to
 */
public record ServerSettings(Listener api, Listener management, Limits limits, StreamLimits streams, boolean https) {

    public ServerSettings with(StreamLimits other) {
        return new ServerSettings(api, management, limits, other, https);
    }

    /**
     * Where to listen.
     *
     * @param port 0 for any that is free
     * @param setting what an operator sets to change the port, for the message that says it is taken
     */
    public record Listener(String host, int port, String setting) {}

    /**
     * All that is bounded.
     *
     * @param concurrentRequests how many requests are worked on at a time; as many as {@code queue} more wait for
     *     {@code queueTime} at the most, and what is beyond is refused: answered late, it would be answered to clients that
     *     have gone, at the cost of those that have not
     * @param streams how many answers that are written bit by bit may be under way
     * @param headerTime how long a request's head may take from its first byte on
     * @param bodyTime how long a body may take
     * @param writeTime how long a client may take to accept an answer, or one piece of a stream
     * @param idleTime how long a connection waits for its next request
     * @param graceTime how long requests may take to come to an end when the server stops
     */
    public record Limits(
            int bodyBytes,
            int connections,
            int concurrentRequests,
            int queue,
            Duration queueTime,
            int streams,
            Duration headerTime,
            Duration bodyTime,
            Duration writeTime,
            Duration idleTime,
            Duration graceTime) {

        public static final Limits DEFAULTS = new Limits(
                64 * 1024,
                1000,
                100,
                1000,
                Duration.ofMillis(500),
                500,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));
    }
}
