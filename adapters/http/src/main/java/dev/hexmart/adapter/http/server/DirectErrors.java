package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problems;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Answers what never becomes a request: it does not parse, is too large, or there is no more room for it.
 *
 * @param always the headers of every response
 * @param inRequest whether this thread has read all of a request's head
 */
record DirectErrors(List<Header> always, BooleanSupplier inRequest, ErrorResponses errors) implements DirectHandler {

    /** The server's words; it has no status of its own for that. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    DirectHandlers forAllEvents() {
        var handlers = DirectHandlers.builder();
        Arrays.stream(EventType.values()).forEach(type -> handlers.addHandler(type, this));
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        Request head = Request.head(request.method(), request.path(), "", IncomingRequest.fields(request.headers()));
        Response answer = errors.of(Problems.ofStatus(status(event, status, message)), head, Access.OPEN);
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
