package dev.hexmart.adapter.http;

import dev.hexmart.adapter.http.server.ServerSettings.Limits;
import java.time.Duration;

/** Limits that a test can reach. */
public final class Limited {

    private Limited() {}

    public static Limits to(int requests, int queue, int streams) {
        return limits(requests, queue, streams, Duration.ofSeconds(30));
    }

    /** For the headers, for the body and for each piece of an answer. */
    public static Limits toTime(Duration time) {
        return limits(100, 50, 100, time);
    }

    private static Limits limits(int requests, int queue, int streams, Duration time) {
        return new Limits(
                64 * 1024,
                100,
                requests,
                queue,
                Duration.ofMillis(500),
                streams,
                time,
                time,
                time,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }
}
