package dev.hexmart.adapter.http.server;

import io.helidon.webserver.ConnectionContext;

/**
 * Notices that a client has closed its connection in the middle of a stream, also while there is nothing to be written that
 * would show it.
 *
 * <p>It reads from the connection, so that no other request can follow on it.
 */
final class ClientWatch {

    private ClientWatch() {}

    /** @param gone called once at the most, on another thread, when the client has closed or we have */
    static void start(ConnectionContext connection, Runnable gone) {
        Thread.ofVirtual().name("client-watch").start(() -> {
            try {
                if (connection.dataReader().readBuffer().available() > 0) {
                    // Who sends on in the middle of a stream is noticed when there is something to be written.
                    return;
                }
            } catch (RuntimeException e) {
                // The end of what there is to read.
            }
            gone.run();
        });
    }
}
