package dev.hexmart.tools.viewer;

import static dev.hexmart.tools.viewer.Page.escape;
import static java.util.stream.Collectors.joining;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import zipkin2.storage.QueryRequest;

/** Where one begins: the latest checkouts, each with its way through the services, and what else there is to see. */
record FrontPage(Traces traces, LogLines lines) implements HttpService {

    private static final int LATEST = 15;
    private static final long LOOKBACK = Duration.ofDays(1).toMillis();

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page)
                .get("/traces/{id}", FrontPage::trace)
                .get("/dependencies", FrontPage::dependencies)
                .get("/viewer.css", (req, res) -> file(res, "viewer.css", "text/css; charset=utf-8"))
                .get("/viewer.svg", (req, res) -> file(res, "viewer.svg", "image/svg+xml"))
                .get("/viewer.js", (req, res) -> file(res, "viewer.js", "text/javascript; charset=utf-8"))
                .get("/metrics.js", (req, res) -> file(res, "metrics.js", "text/javascript; charset=utf-8"))
                .any((req, res) -> {
                    throw new BadRequest(Status.NOT_FOUND_404, "There is nothing at this address");
                });
    }

    private void page(ServerRequest req, ServerResponse res) {
        new Page("Checkouts", "/", """
                <main data-renew>
                <h1>Checkouts</h1>
                <p>Every service of this demo sends its traces and logs here. Nothing is kept but the latest, in memory: %s spans and
                %s lines of the log just now.</p>
                %s<h2>More telemetry</h2>
                <dl class="places">
                <div><dt><a href="/zipkin/">Traces</a></dt><dd>Search all of them, by service, operation, duration or tag; in Zipkin.</dd></div>
                <div><dt><a href="/dependencies">Dependencies</a></dt><dd>The services, their stores, the broker and the payment provider, drawn from the traces.</dd></div>
                <div><dt><a href="/logs">Logs</a></dt><dd>All services' lines; each leads to its trace, and each trace to its lines.</dd></div>
                <div><dt><a href="/metrics">Metrics</a></dt><dd>Requests, errors, durations, outbox, orders and memory, live.</dd></div>
                </dl>
                </main>
                <script src="/viewer.js"></script>
                """.formatted(grouped(traces.spans()), grouped(lines.size()), checkouts()))
                .send(res);
    }

    private String checkouts() {
        List<Checkout> latest = traces
                .search(QueryRequest.newBuilder()
                        .serviceName("orders")
                        .spanName("placeorder")
                        .endTs(System.currentTimeMillis())
                        .lookback(LOOKBACK)
                        .limit(LATEST)
                        .build())
                .stream()
                .map(trace -> Checkout.of(trace, lines))
                .toList();
        if (latest.isEmpty()) {
            return "<p class=\"none\">No checkout yet. Buy something, or take the walk in README.md: it appears here a few seconds later.</p>\n";
        }
        return """
                <h2>The latest checkouts</h2>
                <table>
                <thead><tr><th>Placed at</th><th>Outcome</th><th>From click to end</th><th>Through</th><th>Look at</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                """.formatted(latest.stream().map(FrontPage::row).collect(joining()));
    }

    private static String row(Checkout checkout) {
        return """
                <tr%s><td>%s</td><td>%s</td><td>%s ms</td><td>%d services, %d spans</td>\
                <td><a href="/traces/%s">trace</a> <a href="/logs?traceId=%s">log</a></td></tr>
                """.formatted(
                        checkout.failed() ? " class=\"failed\"" : "",
                        Page.time(checkout.begun()),
                        escape(checkout.said()),
                        grouped(checkout.duration().toMillis()),
                        checkout.services(),
                        checkout.spans(),
                        checkout.trace(),
                        checkout.trace());
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void trace(ServerRequest req, ServerResponse res) {
        res.header(HeaderNames.LOCATION, "/zipkin/traces/" + TraceId.in(req));
        res.status(Status.FOUND_302).send();
    }

    /** Zipkin draws nothing until it is told of which time; here it is all that is kept. */
    private static void dependencies(ServerRequest req, ServerResponse res) {
        long now = System.currentTimeMillis();
        res.header(HeaderNames.LOCATION, "/zipkin/dependency?startTime=%d&endTime=%d".formatted(now - LOOKBACK, now));
        res.status(Status.FOUND_302).send();
    }

    private static void file(ServerResponse res, String name, String type) {
        try (InputStream file = FrontPage.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing on the class path");
            }
            res.header(HeaderNames.CONTENT_TYPE, type);
            res.send(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
