package dev.hexmart.tools.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A page of the viewer's own: what came from outside is escaped, and only the viewer's own style and script may be loaded.
 *
 * @param place its address, for the navigation
 * @param content HTML
 */
record Page(String title, String place, String content) {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    void send(ServerResponse res) {
        res.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        res.header("Content-Security-Policy", POLICY);
        res.send("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Hexmart viewer</title>
                <link rel="icon" href="/viewer.svg">
                <link rel="stylesheet" href="/viewer.css">
                </head>
                <body>
                <header>
                <a class="name" href="/"><img src="/viewer.svg" alt="" width="28" height="28">Hexmart viewer</a>
                <nav>
                %s%s%s%s%s</nav>
                </header>
                %s</body>
                </html>
                """.formatted(
                        escape(title),
                        link("/", "Checkouts"),
                        link("/zipkin/", "Traces"),
                        link("/dependencies", "Dependencies"),
                        link("/logs", "Logs"),
                        link("/metrics", "Metrics"),
                        content)
                .getBytes(UTF_8));
    }

    private String link(String address, String words) {
        String current = address.equals(place) ? " aria-current=\"page\"" : "";
        return "<a href=\"%s\"%s>%s</a>\n".formatted(address, current, words);
    }

    /** In this machine's time zone, which is the reader's. */
    static String time(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
