package dev.hexmart.tools.identity;

import io.helidon.http.Status;
import java.util.List;

/** A request that is turned down, with the code and the words that Entra ID uses for it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final String error;
    private final int code;

    private Refusal(Status status, String error, int code, String description) {
        super(description);
        this.status = status;
        this.error = error;
        this.code = code;
    }

    static Refusal of(String error, int code, String description) {
        return new Refusal(Status.BAD_REQUEST_400, error, code, description);
    }

    static Refusal unauthenticatedClient(int code, String description) {
        return new Refusal(Status.UNAUTHORIZED_401, "invalid_client", code, description);
    }

    static Refusal malformed(String description) {
        return of("invalid_request", 9002313, description);
    }

    static Refusal missing(String parameter) {
        return of(
                "invalid_request",
                900144,
                "The request must contain the following parameter: '%s'.".formatted(parameter));
    }

    static Refusal invalidGrant(int code, String description) {
        return of("invalid_grant", code, description);
    }

    static Refusal unknownPath() {
        return new Refusal(
                Status.NOT_FOUND_404,
                "not_found",
                90009,
                "There is no such endpoint; GET /{tenant}/v2.0/.well-known/openid-configuration lists them.");
    }

    static Refusal wrongMethod(String allowed) {
        return new Refusal(
                Status.METHOD_NOT_ALLOWED_405,
                "invalid_request",
                900561,
                "The endpoint only accepts %s requests.".formatted(allowed));
    }

    Status status() {
        return status;
    }

    String error() {
        return error;
    }

    List<Integer> codes() {
        return List.of(code);
    }

    /** The message as Entra ID writes it, its code in front. */
    String description() {
        return "AADSTS%d: %s".formatted(code, getMessage());
    }
}
