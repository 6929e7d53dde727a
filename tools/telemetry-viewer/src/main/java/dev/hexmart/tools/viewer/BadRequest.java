package dev.hexmart.tools.viewer;

import io.helidon.http.Status;

/** A request that cannot be answered, and what is wrong with it. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Status status;

    BadRequest(String message) {
        this(Status.BAD_REQUEST_400, message);
    }

    BadRequest(Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Status status() {
        return status;
    }
}
