package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.AccessControl;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.problem.Problems;
import dev.hexmart.adapter.http.server.RequestObserver.Observation;
import dev.hexmart.adapter.json.Json;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.concurrency.limits.LimitAlgorithm.Outcome;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a request to its route and the response back, always in the same steps: check its access, read its body, wait for
 * a place, handle it, write the response.
 */
final class Dispatcher {

    private static final Header CLOSE = new Header("Connection", "close");

    /** The conventional status if the client has disconnected before the response. */
    private static final int CLIENT_GONE = 499;

    private static final Set<String> CHANGES = Set.of("POST", "PUT", "DELETE");

    /** What the query of a change may say. If the rest were ignored, {@code refund?amount=500} would give back everything. */
    private static final Set<String> QUERY_OF_CHANGES = Set.of("userId");

    private final RequestObserver observer;
    private final AccessControl control;
    private final ErrorResponses errors;
    private final ResponseWriter writer;
    private final Deadlines deadlines;
    private final Limit requests;

    Dispatcher(
            Routes routes, ServerSettings settings, Deadlines deadlines, ResponseWriter writer, ErrorResponses errors) {
        this.observer = routes.observer();
        this.errors = errors;
        this.writer = writer;
        this.deadlines = deadlines;
        ServerSettings.Limits limits = settings.limits();
        this.control = new AccessControl(
                routes.authenticator(), routes.limits(), settings.streams(), limits.streams(), observer);
        this.requests = FixedLimit.builder()
                .permits(limits.concurrentRequests())
                .queueLength(limits.queue())
                .queueTimeout(limits.queueTime())
                .fair(true)
                .build();
    }

    void dispatch(Route route, ServerRequest request, ServerResponse response) {
        IncomingRequest incoming = new IncomingRequest(request, deadlines);
        Request head = incoming.head();
        Observation observation = observer.begin(head, RoutingTable.template(route));
        int status = CLIENT_GONE;
        Optional<Throwable> failure = Optional.empty();
        try {
            Answer answer = answer(route, head, incoming, observation.traceId());
            status = answer.response().status();
            failure = answer.failure();
            boolean streamed = answer.response().body() instanceof Response.Streamed;
            boolean unsure = answer.response().headers().contains(CLOSE) || incoming.mayHoldItsBodyBack();
            boolean last = unsure || streamed || asksToClose(head);
            writer.write(
                    head, last ? answer.response().with(List.of(CLOSE)) : answer.response(), response, observation);
            if (unsure) {
                throw new CloseConnectionException("What comes next on this connection cannot be told");
            }
            incoming.discardRest();
            deadlines.finished();
            if (streamed) {
                // An exception would cost the stream its last chunk, which the server writes when this has returned.
                deadlines.endConnection();
            } else if (last) {
                throw new CloseConnectionException("The client has asked for that");
            }
        } finally {
            deadlines.done();
            observation.end(status, failure);
        }
    }

    /** @param failure of the server, if there was one */
    private record Answer(Response response, Optional<Throwable> failure) {}

    private Answer answer(Route route, Request head, IncomingRequest incoming, Optional<String> trace) {
        AccessControl.Check check = control.check(route.access(), route.counted(), head, incoming.peer());
        Answer answer = answer(route, check, incoming, trace);
        return new Answer(answer.response().with(check.headers()), answer.failure());
    }

    private Answer answer(Route route, AccessControl.Check check, IncomingRequest incoming, Optional<String> trace) {
        try {
            if (deadlines.tooMany()) {
                throw new ProblemException(Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                "Too many connections come from your address; close some, and send requests one after"
                                        + " the other on those that are open")
                        .retry(1)
                        .withHeader(CLOSE.name(), CLOSE.value()));
            }
            Request admitted = check.admit().withPathParameters(incoming.pathParameters(route));
            if (CHANGES.contains(route.method()) && !(route.access() instanceof Access.Open)) {
                admitted.requireKnownQuery(QUERY_OF_CHANGES);
            }
            Request whole = RoutingTable.refusesAll(route) ? admitted : admitted.withBody(incoming.body());
            return new Answer(check.granted(handled(route, whole)), Optional.empty());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            Problem told = Problems.of(e);
            Problem problem =
                    trace.map(id -> told.with("traceId", Json.text(id))).orElse(told);
            Optional<Throwable> failure = problem.type().status() >= 500 ? Optional.of(e) : Optional.empty();
            return new Answer(errors.of(problem, check.request(), route.access()), failure);
        }
    }

    private Response handled(Route route, Request request) {
        if (!(requests.tryAcquireOutcome() instanceof Outcome.Accepted place)) {
            throw full();
        }
        try {
            return route.handler().handle(request);
        } finally {
            place.token().success();
        }
    }

    private static ProblemException full() {
        return new ProblemException(
                Problem.of(ProblemType.UNAVAILABLE, "Too many concurrent requests; try again in a moment")
                        .retry(1));
    }

    private static boolean asksToClose(Request head) {
        for (String value : head.headerValues(CLOSE.name())) {
            for (String option : value.split(",")) {
                if (option.strip().equalsIgnoreCase(CLOSE.value())) {
                    return true;
                }
            }
        }
        return false;
    }
}
