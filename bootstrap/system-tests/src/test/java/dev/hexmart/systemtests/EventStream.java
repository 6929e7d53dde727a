package dev.hexmart.systemtests;

import jakarta.json.Json;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads server-sent events until enough has been seen. */
final class EventStream {

    private EventStream() {}

    /** The statuses that the stream tells, up to and including the first that is enough. */
    static List<String> read(HttpRequest request, Predicate<List<String>> enough) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new AssertionError("The stream was answered with " + response.statusCode());
            }
            List<String> statuses = new ArrayList<>();
            try (Stream<String> lines = response.body()) {
                Iterator<String> each = lines.iterator();
                while (!enough.test(statuses) && each.hasNext()) {
                    String line = each.next();
                    if (line.startsWith("data:") && line.contains("\"status\"")) {
                        statuses.add(Json.createReader(new StringReader(line.substring(5)))
                                .readObject()
                                .getString("status"));
                    }
                }
            }
            http.shutdownNow();
            return statuses;
        }
    }
}
