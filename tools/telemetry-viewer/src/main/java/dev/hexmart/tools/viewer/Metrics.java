package dev.hexmart.tools.viewer;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The services' metrics: a page whose script fetches them by way of here, since no browser may ask another origin for them. */
final class Metrics implements HttpService {

    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(2).toMillis());

    private final Map<String, URI> services = new ConcurrentSkipListMap<>();

    void watch(String service, URI management) {
        services.put(service, management.resolve("/metrics"));
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page).get("/{service}", this::metrics);
    }

    private void page(ServerRequest req, ServerResponse res) {
        new Page("Metrics", "/metrics", """
                <main id="metrics" data-services="%s">
                <h1>Metrics, live</h1>
                <p>Fetched every two seconds from each service's <code>/metrics</code>, for as long as this page is open; the lines begin when it was
                opened.</p>
                <div id="charts"></div>
                <h2>By service</h2>
                <table><thead><tr><th>Service</th><th>Requests per second</th><th>Failed</th><th>p50</th><th>p95</th><th>All so far</th></tr></thead>
                <tbody id="services"></tbody></table>
                <noscript><p class="none">This page needs its script.</p></noscript>
                </main>
                <script src="/metrics.js"></script>
                """.formatted(Page.escape(String.join(" ", services.keySet())))).send(res);
    }

    private void metrics(ServerRequest req, ServerResponse res) {
        String service = req.path().pathParameters().get("service");
        URI address = Optional.ofNullable(services.get(service))
                .orElseThrow(() -> new BadRequest(Status.NOT_FOUND_404, "There is no such service"));
        byte[] metrics;
        try {
            URLConnection connection = address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setRequestProperty("Accept", "text/plain");
            try (InputStream body = connection.getInputStream()) {
                metrics = body.readAllBytes();
            }
        } catch (IOException e) {
            throw new BadRequest(Status.BAD_GATEWAY_502, service + " does not tell its metrics just now");
        }
        res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        res.send(metrics);
    }
}
