package dev.hexmart.tools.viewer;

import static dev.hexmart.tools.viewer.Page.escape;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The log: of one trace, of one service, or of all; as a page, or as JSON if requested. */
record LogsPage(LogLines lines) implements HttpService {

    private static final int LATEST = 500;

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::answer);
    }

    private void answer(ServerRequest req, ServerResponse res) {
        Optional<String> trace = parameter(req, "traceId").map(TraceId::checked);
        Optional<String> service = parameter(req, "service");
        List<LogLine> found = lines.latest(
                LATEST,
                line -> trace.map(line.trace()::equals).orElse(true)
                        && service.map(line.service()::equals).orElse(true));
        res.header(HeaderNames.VARY, "Accept");
        if (req.headers().value(HeaderNames.ACCEPT).orElse("").contains("application/json")) {
            json(res, found);
        } else {
            page(res, trace, service, found);
        }
    }

    private static void json(ServerResponse res, List<LogLine> found) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        found.forEach(line -> array.add(json(line)));
        res.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        res.send(array.build().toString().getBytes(UTF_8));
    }

    private static JsonObject json(LogLine line) {
        return Json.createObjectBuilder()
                .add("time", line.time().toString())
                .add("service", line.service())
                .add("level", line.level())
                .add("logger", line.logger())
                .add("traceId", line.trace())
                .add("spanId", line.span())
                .add("text", line.text())
                .add("stack", line.stack())
                .build();
    }

    private static void page(
            ServerResponse res, Optional<String> trace, Optional<String> service, List<LogLine> found) {
        new Page("Logs", "/logs", """
                <main>
                <h1>%s</h1>
                %s<form action="/logs">
                <label>Trace <input name="traceId" value="%s" size="34" spellcheck="false"></label>
                <label>Service <input name="service" value="%s" size="10" spellcheck="false"></label>
                <button>Show</button>
                </form>
                %s</main>
                """.formatted(
                                trace.isPresent() ? "The log of a trace" : "The latest of the log",
                                trace.map("<p><a href=\"/traces/%s\">Its spans, in Zipkin</a></p>\n"::formatted)
                                        .orElse(""),
                                trace.orElse(""),
                                escape(service.orElse("")),
                                table(found)))
                .send(res);
    }

    private static String table(List<LogLine> found) {
        if (found.isEmpty()) {
            return "<p class=\"none\">No log records: not received yet, or dropped already.</p>\n";
        }
        return """
                <table class="log">
                <thead><tr><th>Time</th><th>Service</th><th>Level</th><th>Trace</th><th>Message</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                """.formatted(found.stream().map(LogsPage::row).collect(joining()));
    }

    private static String row(LogLine line) {
        String trace = line.trace().isEmpty()
                ? ""
                : "<a href=\"/traces/%s\">%s</a>"
                        .formatted(line.trace(), line.trace().substring(0, 8));
        String stack = line.stack().isEmpty()
                ? ""
                : "<details><summary>exception</summary><pre>%s</pre></details>".formatted(escape(line.stack()));
        return """
                <tr class="%s"><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td title="%s">%s%s</td></tr>
                """.formatted(
                        escape(line.level()),
                        Page.time(line.time()),
                        escape(line.service()),
                        escape(line.level()),
                        trace,
                        escape(line.logger()),
                        escape(line.text()),
                        stack);
    }

    private static Optional<String> parameter(ServerRequest req, String name) {
        return req.query().first(name).asOptional().map(String::strip).filter(value -> !value.isEmpty());
    }
}
