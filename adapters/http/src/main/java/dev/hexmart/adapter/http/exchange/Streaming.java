package dev.hexmart.adapter.http.exchange;

import java.io.IOException;

/** Writes the body of a response bit by bit. */
@FunctionalInterface
public interface Streaming extends AutoCloseable {

    /** Returns when all is written, or soon after the stream is no longer open. */
    void writeTo(ResponseStream out) throws IOException;

    /** Called once in any case, even if nothing was ever written; while something is, as soon as the client is gone. */
    @Override
    default void close() {}
}
