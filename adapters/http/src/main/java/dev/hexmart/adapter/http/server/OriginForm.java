package dev.hexmart.adapter.http.server;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/** The form in which a request says what it is for: a path, and not {@code *}, {@code host:443} or another's address. */
final class OriginForm {

    private OriginForm() {}

    /** Refuses every other form, since the server's routing fails on some of them. */
    static void require(HttpPrologue prologue) {
        if (!prologue.uriPath().rawPath().startsWith("/")) {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .status(Status.BAD_REQUEST_400)
                    .setKeepAlive(false)
                    .build();
        }
    }
}
