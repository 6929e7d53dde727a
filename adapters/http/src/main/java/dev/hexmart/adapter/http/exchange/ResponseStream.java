package dev.hexmart.adapter.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A streamed response; data is on the wire when the method returns. */
public interface ResponseStream {

    /** @throws IOException when the client has disconnected, or does not read the response (timeout) */
    void send(byte[] bytes, int offset, int length) throws IOException;

    default void send(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        send(bytes, 0, bytes.length);
    }

    /**
     * False once the server is about to stop, the client is gone, or its session or token has ended; what writes should come
     * to an end. To be asked every few seconds.
     */
    boolean isOpen();
}
