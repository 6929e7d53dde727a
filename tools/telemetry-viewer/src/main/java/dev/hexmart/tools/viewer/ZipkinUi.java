package dev.hexmart.tools.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** Zipkin's own pages, from zipkin-lens. */
final class ZipkinUi implements HttpService {

    /** Scripts of its own alone; its styles are made by them, and so is what lays out the graph of dependencies. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " font-src 'self' data:; worker-src blob:; style-src 'self' 'unsafe-inline'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "png", "image/png",
            "ico", "image/x-icon");

    private static final JsonObject CONFIG = Json.createObjectBuilder()
            .add("environment", "hexmart")
            .add("suggestLang", false)
            .add("defaultLookback", Duration.ofHours(1).toMillis())
            .add("queryLimit", 20)
            .add("logsUrl", "/logs?traceId={traceId}")
            .add("searchEnabled", true)
            .add(
                    "dependency",
                    Json.createObjectBuilder()
                            .add("enabled", true)
                            .add("lowErrorRate", 0.5)
                            .add("highErrorRate", 0.75))
            .build();

    @Override
    public void routing(HttpRules rules) {
        // One page, whose script looks at the address.
        for (String page : new String[] {"/", "/traces/{id}", "/dependency", "/traceViewer"}) {
            rules.get(page, (req, res) -> send(res, "index.html"));
        }
        rules.get("/config.json", ZipkinUi::config)
                .get("/favicon.ico", (req, res) -> send(res, "favicon.ico"))
                .get("/static/{kind}/{file}", ZipkinUi::file);
    }

    private static void config(ServerRequest req, ServerResponse res) {
        res.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        res.send(CONFIG.toString().getBytes(UTF_8));
    }

    private static void file(ServerRequest req, ServerResponse res) {
        String kind = req.path().pathParameters().get("kind");
        String file = req.path().pathParameters().get("file");
        if (!kind.matches("[a-z]+") || !file.matches("[A-Za-z0-9._-]+")) {
            throw nothing();
        }
        send(res, "static/" + kind + "/" + file);
    }

    private static void send(ServerResponse res, String name) {
        try (InputStream file = ZipkinUi.class.getResourceAsStream("/zipkin-lens/" + name)) {
            if (file == null) {
                throw nothing();
            }
            if (name.startsWith("static/")) {
                // The names of these have a hash of what is in them.
                res.header(HeaderNames.CACHE_CONTROL, "max-age=31536000, immutable");
            }
            res.header("Content-Security-Policy", POLICY);
            res.header(
                    HeaderNames.CONTENT_TYPE,
                    TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
            res.send(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadRequest nothing() {
        return new BadRequest(Status.NOT_FOUND_404, "There is nothing at this address");
    }
}
