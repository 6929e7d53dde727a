package dev.hexmart.adapter.http.server;

/** The server cannot listen where it is meant to. */
public final class PortTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    PortTaken(ServerSettings.Listener listener, Throwable cause) {
        super(
                "Cannot listen on %s port %d (%s): set %s to a port that is free"
                        .formatted(listener.host(), listener.port(), cause.getMessage(), listener.setting()),
                cause);
    }
}
