package dev.hexmart.systemtests;

import dev.hexmart.systemtests.Shop.Answer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads at the telemetry viewer what the services have sent there. */
public final class TelemetryReader {

    private final Shop shop;
    private final URI viewer;

    /**
     * A span, and the service that sent it.
     *
     * @param name in lower case, as Zipkin has it
     * @param parent empty for a root
     * @param links the spans that it links to
     */
    public record SentSpan(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            String kind,
            Map<String, String> attributes,
            List<String> links) {}

    /** A line of the log, and the service that sent it. */
    public record SentLine(String service, String trace, String text) {}

    /** That a service, a store or a broker is used by another one. */
    public record Use(String user, String used) {}

    /** @param shop whose way of asking is used */
    public TelemetryReader(Shop shop, URI viewer) {
        this.shop = shop;
        this.viewer = viewer;
    }

    Answer get(String path) {
        return shop.send(HttpRequest.newBuilder(viewer.resolve(path))
                .header("Accept", "application/json")
                .build());
    }

    /** The spans of a trace; none if the viewer has not been told of it. */
    public List<SentSpan> trace(String id) {
        Answer answer = get("/zipkin/api/v2/trace/" + id);
        return answer.status() == 404 ? List.of() : spans(array(answer));
    }

    public List<SentSpan> spans() {
        return array(get("/zipkin/api/v2/traces?limit=1000")).stream()
                .flatMap(trace -> spans(trace.asJsonArray()).stream())
                .toList();
    }

    Set<Use> uses() {
        return array(get("/zipkin/api/v2/dependencies")).stream()
                .map(JsonValue::asJsonObject)
                .map(link -> new Use(link.getString("parent"), link.getString("child")))
                .collect(Collectors.toSet());
    }

    List<SentLine> lines(String trace) {
        return array(get("/logs?traceId=" + trace)).stream()
                .map(JsonValue::asJsonObject)
                .map(line -> new SentLine(line.getString("service"), line.getString("traceId"), line.getString("text")))
                .toList();
    }

    private static JsonArray array(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.value().asJsonArray();
    }

    private static List<SentSpan> spans(JsonArray trace) {
        return trace.stream()
                .map(JsonValue::asJsonObject)
                .map(TelemetryReader::span)
                .toList();
    }

    private static SentSpan span(JsonObject span) {
        Map<String, String> tags = Stream.of(span)
                .filter(it -> it.containsKey("tags"))
                .flatMap(it -> it.getJsonObject("tags").keySet().stream())
                .collect(Collectors.toMap(
                        tag -> tag, tag -> span.getJsonObject("tags").getString(tag)));
        return new SentSpan(
                span.getJsonObject("localEndpoint").getString("serviceName"),
                span.getString("traceId"),
                span.getString("id"),
                span.getString("parentId", ""),
                span.getString("name", ""),
                span.getString("kind", "INTERNAL"),
                tags,
                tags.entrySet().stream()
                        .filter(tag -> tag.getKey().startsWith("link."))
                        .map(tag -> tag.getValue().split("/")[1])
                        .toList());
    }
}
