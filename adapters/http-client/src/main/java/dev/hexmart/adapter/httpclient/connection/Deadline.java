package dev.hexmart.adapter.httpclient.connection;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Until when an answer is waited for, to its last byte, however it is cut into pieces. */
public record Deadline(long nanos, Duration patience) {

    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos(), patience);
    }

    /** What is left, for a socket, to which zero would mean for ever. */
    public int millisLeft() throws SocketTimeoutException {
        long left = nanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Timeout: no answer within " + patience);
        }
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 1, Integer.MAX_VALUE);
    }
}
