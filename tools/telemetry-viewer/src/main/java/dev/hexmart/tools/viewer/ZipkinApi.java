package dev.hexmart.tools.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import zipkin2.Span;
import zipkin2.codec.DependencyLinkBytesEncoder;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.QueryRequest;

/** Zipkin's API, version 2, as its pages and its clients ask for it. */
record ZipkinApi(Traces traces) implements HttpService {

    private static final long LOOKBACK = Duration.ofDays(1).toMillis();
    private static final String NOTHING = "[]";

    @Override
    public void routing(HttpRules rules) {
        rules.get("/services", (req, res) -> json(res, names(traces.services())))
                .get("/spans", (req, res) -> json(res, names(traces.spanNames(service(req)))))
                .get("/remoteServices", (req, res) -> json(res, names(traces.remoteServices(service(req)))))
                .get("/traces", this::search)
                .get("/trace/{id}", this::trace)
                .get("/dependencies", this::dependencies)
                .get("/autocompleteKeys", (req, res) -> json(res, NOTHING))
                .get("/autocompleteValues", (req, res) -> json(res, NOTHING));
    }

    private void search(ServerRequest req, ServerResponse res) {
        QueryRequest.Builder query = QueryRequest.newBuilder()
                .endTs(number(req, "endTs").orElseGet(System::currentTimeMillis))
                .lookback(number(req, "lookback").orElse(LOOKBACK))
                .limit(Math.clamp(number(req, "limit").orElse(10L), 0, 1000));
        parameter(req, "serviceName").ifPresent(query::serviceName);
        parameter(req, "remoteServiceName").ifPresent(query::remoteServiceName);
        parameter(req, "spanName").ifPresent(query::spanName);
        parameter(req, "annotationQuery").ifPresent(query::parseAnnotationQuery);
        number(req, "minDuration").ifPresent(query::minDuration);
        number(req, "maxDuration").ifPresent(query::maxDuration);
        json(res, traces(traces.search(checked(query))));
    }

    private static QueryRequest checked(QueryRequest.Builder query) {
        try {
            return query.build();
        } catch (IllegalArgumentException e) {
            throw new BadRequest("This cannot be searched for: " + e.getMessage());
        }
    }

    private void trace(ServerRequest req, ServerResponse res) {
        String id = TraceId.in(req);
        List<Span> spans = traces.trace(id);
        if (spans.isEmpty()) {
            throw new BadRequest(
                    Status.NOT_FOUND_404, "Unknown trace %s: not received yet, or dropped already".formatted(id));
        }
        json(res, new String(SpanBytesEncoder.JSON_V2.encodeList(spans), UTF_8));
    }

    private void dependencies(ServerRequest req, ServerResponse res) {
        long until = number(req, "endTs").orElseGet(System::currentTimeMillis);
        long lookback = number(req, "lookback").orElse(LOOKBACK);
        if (until <= 0 || lookback <= 0) {
            throw new BadRequest("endTs and lookback are milliseconds above zero");
        }
        json(
                res,
                new String(DependencyLinkBytesEncoder.JSON_V1.encodeList(traces.dependencies(until, lookback)), UTF_8));
    }

    private static String service(ServerRequest req) {
        return parameter(req, "serviceName").orElseThrow(() -> new BadRequest("serviceName is missing"));
    }

    private static Optional<Long> number(ServerRequest req, String name) {
        try {
            return parameter(req, name).map(Long::parseLong);
        } catch (NumberFormatException e) {
            throw new BadRequest(name + " is not a whole number");
        }
    }

    private static Optional<String> parameter(ServerRequest req, String name) {
        return req.query().first(name).asOptional().filter(value -> !value.isEmpty());
    }

    private static String names(List<String> names) {
        return Json.createArrayBuilder(names).build().toString();
    }

    private static String traces(List<List<Span>> traces) {
        return traces.stream()
                .map(trace -> new String(SpanBytesEncoder.JSON_V2.encodeList(trace), UTF_8))
                .collect(joining(",", "[", "]"));
    }

    private static void json(ServerResponse res, String json) {
        res.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        res.send(json.getBytes(UTF_8));
    }
}
