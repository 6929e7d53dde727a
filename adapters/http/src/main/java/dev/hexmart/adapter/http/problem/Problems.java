package dev.hexmart.adapter.http.problem;

import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.MalformedJson;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.AccessDenied;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Maps every failure to a problem, failures before routing included. */
public final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    private Problems() {}

    /** The problem for a failure; internal details go to the log only. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case InvalidBody e -> Problem.invalidBody(e.violations());
            case MalformedJson e -> Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
            case AccessDenied e -> Problem.of(ProblemType.FORBIDDEN, String.valueOf(e.getMessage()));
            case TemporaryFailure e -> {
                LOG.log(Level.WARNING, "Answered with 503: {0}", e.getMessage());
                LOG.log(Level.DEBUG, "Answered with 503", e);
                yield Problem.of(ProblemType.UNAVAILABLE, "Try again in a moment")
                        .retry(1);
            }
            default -> {
                String id = UUID.randomUUID().toString();
                LOG.log(Level.ERROR, "Answered with 500, errorId " + id, failure);
                yield Problem.of(ProblemType.INTERNAL_ERROR, "The failure was logged; search the log for its errorId")
                        .with("errorId", Json.text(id));
            }
        };
    }

    /**
     * The problem for a status with which the server refuses a request by itself. Says nothing but what the status does: the
     * parser's own words may quote the request or name a class.
     */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(ProblemType.MALFORMED_REQUEST, "The request is not valid HTTP/1.1");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address");
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "Send less than that");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "Send a shorter URI");
            case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers");
            // By the book a 501 and a 505; but what a client gets wrong must not look like a failure of ours.
            case 501 -> Problem.of(ProblemType.MALFORMED_REQUEST, "Send the body plain or chunked");
            case 505 ->
                Problem.of(
                        ProblemType.MALFORMED_REQUEST,
                        "This request is HTTP/1.0, which is not served here: send it as HTTP/1.1. A proxy in front"
                                + " that forwards by HTTP/1.0, as nginx before 1.29.7 does by default, needs the setting"
                                + " proxy_http_version 1.1 (docs/proxies.md)");
            case 503 ->
                Problem.of(ProblemType.UNAVAILABLE, "Try again in a moment").retry(1);
            default -> Problem.of(ProblemType.INTERNAL_ERROR, "The request could not be handled");
        };
    }
}
