package dev.hexmart.adapter.http.problem;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.AcceptHeader;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Dispatcher;
import dev.hexmart.adapter.http.server.ErrorPages;
import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.MalformedJson;
import dev.hexmart.application.failure.TemporaryFailure;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Words every failure as a problem, those included that the server meets before there is a request to be routed. */
public final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    private Problems() {}

    /** What the client is told of a failure; what only we may know of it goes into the log. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case InvalidBody e -> Problem.invalidBody(e.violations());
            case MalformedJson e -> Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
            case TemporaryFailure e -> {
                LOG.log(Level.WARNING, "Answered with 503: {0}", e.getMessage());
                LOG.log(Level.DEBUG, "Answered with 503", e);
                yield Problem.of(ProblemType.UNAVAILABLE, "Try again in a moment")
                        .retry(1);
            }
            default -> {
                String id = UUID.randomUUID().toString();
                LOG.log(Level.ERROR, "Answered with 500, error " + id, failure);
                yield Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "The failure has been noted; its errorId finds it in the log")
                        .with("errorId", Json.text(id));
            }
        };
    }

    /**
     * The problem in the form that the client reads: its details, or, for a browser, a page.
     *
     * @param request with its caller, as far as known
     */
    public static Response answer(Problem problem, Request request, Access access, ErrorPages pages) {
        return page(problem, request, access, pages).orElseGet(() -> problem.response(request.path()));
    }

    private static Optional<Response> page(Problem problem, Request request, Access access, ErrorPages pages) {
        try {
            if (access instanceof Access.Page) {
                return pages.instead(request, problem);
            }
            return navigates(request) && AcceptHeader.of(request).prefersHtml()
                    ? pages.page(request, problem)
                    : Optional.empty();
        } catch (RuntimeException e) {
            // Whoever asks is told what is wrong all the same.
            LOG.log(Level.ERROR, "A problem cannot be shown as a page", e);
            return Optional.empty();
        }
    }

    /** A script gets problem details for any Accept header. */
    private static boolean navigates(Request request) {
        return request.headerValues("Sec-Fetch-Mode").stream().allMatch("navigate"::equals);
    }

    /**
     * @param always the headers of every answer
     * @param inRequest whether this thread has read all of a request's head
     */
    public static DirectHandlers directHandlers(List<Header> always, BooleanSupplier inRequest, ErrorPages pages) {
        var handlers = DirectHandlers.builder();
        Arrays.stream(EventType.values())
                .forEach(type -> handlers.addHandler(type, new Refusal(always, inRequest, pages)));
        return handlers.build();
    }

    /** Says nothing but what the status does: the parser's own words may quote the request or name a class. */
    public static Problem refusal(int status) {
        return switch (status) {
            case 400 -> Problem.of(ProblemType.MALFORMED_REQUEST, "This is not HTTP/1.1 as it is taken here");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address");
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "Send less than that");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "Ask with a shorter address");
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

    /** For what never becomes a request: it does not parse, is too large, or there is no more room for it. */
    private record Refusal(List<Header> always, BooleanSupplier inRequest, ErrorPages pages) implements DirectHandler {

        /** The server's words; it has no status of its own for that. */
        private static final String HEADERS_TOO_LARGE = "Header size exceeded";

        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType event,
                Status status,
                ServerResponseHeaders headers,
                String message) {
            Request head = Request.head(request.method(), request.path(), "", Dispatcher.fields(request.headers()));
            Response answer = answer(refusal(status(event, status, message)), head, Access.OPEN, pages);
            always.forEach(headers::set);
            TransportResponse.Builder response = TransportResponse.builder()
                    .status(Status.create(answer.status()))
                    .headers(headers);
            if (answer.body() instanceof Response.Content content) {
                headers.set(HeaderNames.CONTENT_TYPE, content.mediaType());
                if (!request.method().equals("HEAD")) {
                    response.entity(content.bytes());
                }
            }
            answer.headers().forEach(header -> headers.set(HeaderNames.create(header.name()), header.value()));
            return response.build();
        }

        private int status(EventType event, Status status, String message) {
            if (event == EventType.INTERNAL_ERROR && !inRequest.getAsBoolean()) {
                // Such as the client's end of the connection, in the middle of a header.
                return 400;
            }
            return HEADERS_TOO_LARGE.equals(message) ? 431 : status.code();
        }
    }
}
