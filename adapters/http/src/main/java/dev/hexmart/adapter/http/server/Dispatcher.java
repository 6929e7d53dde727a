package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Audit;
import dev.hexmart.adapter.http.access.Authenticator.Authentication;
import dev.hexmart.adapter.http.access.OpenStreams;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.StillAdmitted;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.problem.Problems;
import dev.hexmart.adapter.http.server.RequestObserver.Observation;
import dev.hexmart.adapter.json.Json;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.concurrency.limits.LimitAlgorithm.Outcome;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Carries requests from the server to the routes and the answers back, always in the same steps: how often do they
 * ask, who is it, may they, read the body, wait for a place, handle, write.
 */
public final class Dispatcher {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final String NO_TEMPLATE = "";
    private static final Header CLOSE = new Header("Connection", "close");

    /** What is observed, by custom, where the client did not wait for a status. */
    private static final int CLIENT_GONE = 499;

    private static final Set<String> CHANGES = Set.of("POST", "PUT", "DELETE");

    /** What the query of a change may say. If the rest were ignored, {@code refund?amount=500} would give back everything. */
    private static final Set<String> QUERY_OF_CHANGES = Set.of("userId");

    private final Routes routes;
    private final List<io.helidon.http.Header> always;
    private final Deadlines deadlines;
    private final BooleanSupplier stopping;
    private final Limit requests;
    private final OpenStreams streams;

    /** @param always the headers of every answer that does not say otherwise */
    Dispatcher(
            Routes routes,
            List<io.helidon.http.Header> always,
            ServerSettings settings,
            Deadlines deadlines,
            BooleanSupplier stopping) {
        this.routes = routes;
        this.always = always;
        this.deadlines = deadlines;
        this.stopping = stopping;
        ServerSettings.Limits limits = settings.limits();
        this.requests = FixedLimit.builder()
                .permits(limits.concurrentRequests())
                .queueLength(limits.queue())
                .queueTimeout(limits.queueTime())
                .fair(true)
                .build();
        this.streams = new OpenStreams(limits.streams(), settings.streams(), routes.observer());
    }

    HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Route route : routes.list()) {
            if (route.method().equals(Route.ANY_METHOD)) {
                routing.any(route.template(), (request, response) -> dispatch(route, request, response));
                continue;
            }
            routing.route(
                    Method.create(route.method()),
                    route.template(),
                    (request, response) -> dispatch(route, request, response));
            if (route.method().equals("GET")) {
                routing.route(Method.HEAD, route.template(), (request, response) -> dispatch(route, request, response));
            }
        }
        routes.allowed().forEach((template, methods) -> {
            Route route = refusing(
                    template,
                    request -> Problem.of(
                                    ProblemType.METHOD_NOT_ALLOWED, request.path() + " can be asked with " + methods)
                            .with(new Header("Allow", methods)));
            routing.any(template, (request, response) -> dispatch(route, request, response));
        });
        return routing.any(this::nothingThere);
    }

    private void nothingThere(ServerRequest request, ServerResponse response) {
        dispatch(refusing(NO_TEMPLATE, Request::notFound), request, response);
    }

    private static Route refusing(String template, Function<Request, Problem> problem) {
        return Route.any(template, Access.OPEN, new Refusing(problem));
    }

    /** Refuses every request by its head: its body need not be sent. */
    private record Refusing(Function<Request, Problem> problem) implements Handler {

        @Override
        public Response handle(Request request) {
            throw new ProblemException(problem.apply(request));
        }
    }

    private void dispatch(Route route, ServerRequest request, ServerResponse response) {
        Request head = head(request);
        Observation observation = routes.observer()
                .begin(head, Optional.of(route.template()).filter(template -> !template.equals(NO_TEMPLATE)));
        int status = CLIENT_GONE;
        Optional<Throwable> failure = Optional.empty();
        try {
            Answer answer = answer(route, head, request, observation.traceId());
            status = answer.response().status();
            failure = answer.failure();
            boolean streamed = answer.response().body() instanceof Response.Streamed;
            boolean unsure = answer.response().headers().contains(CLOSE) || mayHoldItsBodyBack(request);
            boolean last = unsure || streamed || asksToClose(head);
            write(
                    route,
                    head,
                    last ? answer.response().with(List.of(CLOSE)) : answer.response(),
                    response,
                    observation);
            if (unsure) {
                throw new CloseConnectionException("What comes next on this connection cannot be told");
            }
            discardRest(request);
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

    /** @param failure what went wrong here, if it did */
    private record Answer(Response response, Optional<Throwable> failure) {}

    private Answer answer(Route route, Request head, ServerRequest request, Optional<String> trace) {
        RateLimits.Count count = routes.limits().count();
        Answer answer = answer(route, head, request, count, trace);
        return new Answer(answer.response().with(count.headers()), answer.failure());
    }

    private Answer answer(
            Route route, Request head, ServerRequest request, RateLimits.Count count, Optional<String> trace) {
        Request known = head;
        try {
            if (deadlines.tooMany()) {
                throw new ProblemException(Problem.of(
                                ProblemType.TOO_MANY_REQUESTS,
                                "Too many connections come from your address; close some, and send requests one after"
                                        + " the other on those that are open")
                        .retry(1)
                        .with(CLOSE));
            }
            Optional<Authentication.Identified> recognized = Optional.empty();
            if (route.counted()) {
                recognized = recognized(route, head);
                count.from(
                        peer(request),
                        head.headerValues("X-Forwarded-For"),
                        recognized.map(Authentication.Identified::caller));
            }
            Authentication authentication =
                    recognized.isPresent() ? recognized.get() : authentication(route.access(), head);
            if (authentication instanceof Authentication.Identified it) {
                known = head.by(it.caller(), it.credential());
                if (route.counted()) {
                    count.by(it.caller());
                }
            }
            authorize(route.access(), authentication);
            Request admitted = known.withPathParameters(pathParameters(route, request));
            if (CHANGES.contains(route.method()) && !(route.access() instanceof Access.Open)) {
                admitted.requireKnownQuery(QUERY_OF_CHANGES);
            }
            Response response =
                    handled(route, route.handler() instanceof Refusing ? admitted : admitted.withBody(body(request)));
            Audit.keep(route.access(), admitted, response);
            return new Answer(placed(admitted, peer(request), response), Optional.empty());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            Problem told = Problems.of(e);
            Problem problem =
                    trace.map(id -> told.with("traceId", Json.text(id))).orElse(told);
            Optional<Throwable> failure = problem.type().status() >= 500 ? Optional.of(e) : Optional.empty();
            return new Answer(Problems.answer(problem, known, route.access(), routes.errors()), failure);
        }
    }

    private Optional<Authentication.Identified> recognized(Route route, Request head) {
        return route.access() instanceof Access.Open
                ? Optional.empty()
                : routes.authenticator().recognize(head);
    }

    /** Who is calling, which is not asked where everyone is answered alike. */
    private Authentication authentication(Access access, Request head) {
        return access instanceof Access.Open
                ? new Authentication.Anonymous()
                : routes.authenticator().authenticate(head);
    }

    private static void authorize(Access access, Authentication authentication) {
        boolean admitted = authentication instanceof Authentication.Identified it
                ? access.admits(it.caller())
                : access.admitsAnonymous();
        if (admitted) {
            return;
        }
        throw new ProblemException(
                switch (authentication) {
                    case Authentication.Identified _ ->
                        Problem.of(ProblemType.FORBIDDEN, "This needs " + access.requirement())
                                .with(new Header("WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
                    case Authentication.Anonymous _ ->
                        Problem.of(ProblemType.UNAUTHENTICATED, "Send a token as Authorization: Bearer <token>")
                                .with(new Header("WWW-Authenticate", "Bearer"));
                    case Authentication.Rejected _ ->
                        Problem.of(
                                        ProblemType.UNAUTHENTICATED,
                                        "The token is not good, or not any longer; get a new one")
                                .with(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
                });
    }

    private byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            // Not closed: closing a body that turned out to be broken would read on in it.
            byte[] bytes = request.content().inputStream().readAllBytes();
            deadlines.done();
            return bytes;
        } catch (CloseConnectionException e) {
            throw e;
        } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The client stopped in the middle of a body", e);
        } catch (RuntimeException e) {
            // The server would go on and take the rest of this body for the next request.
            int status =
                    e instanceof RequestException refused ? refused.status().code() : 400;
            throw new ProblemException(Problems.refusal(status).with(CLOSE));
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

    /** A stream has a place of its own from here on, and its connection for itself. */
    private Response placed(Request request, InetAddress peer, Response response) {
        if (!(response.body() instanceof Response.Streamed streamed)
                || request.method().equals("HEAD")) {
            return response;
        }
        try {
            OpenStreams.Place place = streams.take(
                    request.identity().map(Request.Identity::caller), peer, request.headerValues("X-Forwarded-For"));
            return new Response(
                    response.status(),
                    response.headers(),
                    new Response.Streamed(streamed.mediaType(), new PlacedStream(streamed.streaming(), place)));
        } catch (ProblemException e) {
            streamed.streaming().close();
            throw e;
        }
    }

    private static ProblemException full() {
        return new ProblemException(Problem.of(ProblemType.UNAVAILABLE, "Too much is going on; try again in a moment")
                .retry(1));
    }

    private void write(Route route, Request head, Response answer, ServerResponse response, Observation observation) {
        try {
            response.status(Status.create(answer.status()));
            always.forEach(response::header);
            writeHeaders(answer.headers(), response);
            boolean headersOnly = head.method().equals("HEAD");
            deadlines.writing();
            switch (answer.body()) {
                case Response.Nothing _ -> response.send();
                case Response.Content content
                when headersOnly -> {
                    response.header(HeaderNames.CONTENT_TYPE, content.mediaType());
                    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(content.bytes().length));
                    response.send();
                }
                case Response.Content content -> {
                    response.header(HeaderNames.CONTENT_TYPE, content.mediaType());
                    response.send(content.bytes());
                }
                case Response.Streamed _ when headersOnly -> response.send();
                case Response.Streamed streamed -> {
                    response.header(HeaderNames.CONTENT_TYPE, streamed.mediaType());
                    observation.streaming();
                    stream(
                            streamed.streaming(),
                            new StillAdmitted(routes.authenticator(), route.access(), head, System::nanoTime),
                            response);
                }
            }
            deadlines.done();
        } finally {
            if (answer.body() instanceof Response.Streamed streamed) {
                streamed.streaming().close();
            }
        }
    }

    /** Each replaces what every answer has; one may stand there more than once, as cookies do. */
    private static void writeHeaders(List<Header> headers, ServerResponse response) {
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            HeaderName name = HeaderNames.create(header.name());
            if (isNamed(header.name(), headers.subList(0, i))) {
                response.headers().add(HeaderValues.create(name, header.value()));
            } else {
                response.header(HeaderValues.create(name, header.value()));
            }
        }
    }

    private static boolean isNamed(String name, List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void stream(Streaming streaming, BooleanSupplier admitted, ServerResponse response) {
        deadlines.done();
        AtomicBoolean gone = new AtomicBoolean();
        ClientWatch.start(deadlines.connection(), () -> {
            gone.set(true);
            streaming.close();
        });
        try (OutputStream out = response.outputStream()) {
            streaming.writeTo(new Wire(out, () -> !gone.get() && !stopping.getAsBoolean() && admitted.getAsBoolean()));
            deadlines.writing();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client went away in the middle of a stream", e);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A stream broke off", e);
            throw new CloseConnectionException("The stream cannot go on", e);
        }
    }

    private final class Wire implements ResponseStream {

        private final OutputStream out;
        private final BooleanSupplier open;

        Wire(OutputStream out, BooleanSupplier open) {
            this.out = out;
            this.open = open;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) throws IOException {
            deadlines.writing();
            out.write(bytes, offset, length);
            out.flush();
            deadlines.done();
        }

        @Override
        public boolean isOpen() {
            return open.getAsBoolean();
        }
    }

    /** A stream that gives its place back when it ends, and ends once. */
    private static final class PlacedStream implements Streaming {

        private final Streaming streaming;
        private final OpenStreams.Place place;
        private final AtomicBoolean ended = new AtomicBoolean();

        PlacedStream(Streaming streaming, OpenStreams.Place place) {
            this.streaming = streaming;
            this.place = place;
        }

        @Override
        public void writeTo(ResponseStream out) throws IOException {
            streaming.writeTo(out);
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                streaming.close();
                place.release();
            }
        }
    }

    /** Who was refused before the body was read may still be sending it; it has as long for that as anybody. */
    private void discardRest(ServerRequest request) {
        if (!request.content().consumed()) {
            deadlines.reading();
            try {
                request.content().consume();
            } catch (RuntimeException e) {
                throw new CloseConnectionException("The client stopped in the middle of a body", e);
            }
            deadlines.done();
        }
    }

    /**
     * Whether the body of this request may come or not: the client waits for a word before it sends it, and has got the answer
     * in its place. What comes next may be that body or another request, so nothing more is read.
     */
    private static boolean mayHoldItsBodyBack(ServerRequest request) {
        return request.headers().contains(HeaderNames.EXPECT)
                && request.content().hasEntity()
                && !request.content().consumed();
    }

    private static boolean asksToClose(Request head) {
        for (String value : head.headerValues("Connection")) {
            for (String option : value.split(",")) {
                if (option.strip().equalsIgnoreCase("close")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Request head(ServerRequest request) {
        return Request.head(
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                fields(request.headers()));
    }

    public static Request.Headers fields(Headers headers) {
        return new Fields(headers);
    }

    /** Each is looked up when it is asked for: most never are. */
    private record Fields(Headers headers) implements Request.Headers {

        @Override
        public List<String> values(String name) {
            HeaderName wanted = HeaderNames.create(name);
            return headers.contains(wanted) ? headers.get(wanted).allValues() : List.of();
        }

        @Override
        public Map<String, List<String>> all() {
            Map<String, List<String>> all = new HashMap<>();
            headers.forEach(header -> all.put(header.headerName().lowerCase(), header.allValues()));
            return all;
        }
    }

    private static InetAddress peer(ServerRequest request) {
        return ((InetSocketAddress) request.remotePeer().address()).getAddress();
    }

    private static Map<String, String> pathParameters(Route route, ServerRequest request) {
        if (route.template().indexOf('{') < 0) {
            return Map.of();
        }
        var parameters = request.path().pathParameters();
        Map<String, String> values = new HashMap<>();
        parameters.names().forEach(name -> values.put(name, parameters.get(name)));
        return values;
    }
}
