package dev.hexmart.systemtests;

import dev.hexmart.bootstrap.platform.service.ServiceHost;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The Prometheus that {@code infra/test-promtool} has found, looking at services every second. */
final class Prometheus implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final Process process;

    private Prometheus(URI address, Process process) {
        this.address = address;
        this.process = process;
    }

    /**
     * @param folder for its configuration and data
     * @param rules the folder with its rules
     */
    static Prometheus start(Path folder, Path rules, Map<String, ServiceHost> services) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + FreePorts.find(1).getFirst());
        String targets = services.entrySet().stream()
                .map(service -> "{targets: ['%s'], labels: {service: %s}}"
                        .formatted(service.getValue().managementAddress().getAuthority(), service.getKey()))
                .collect(Collectors.joining(", "));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s/*.yml']
                scrape_configs: [{job_name: hexmart, static_configs: [%s]}]
                """.formatted(rules, targets));
        Process process = new ProcessBuilder(
                        System.getenv("PROMETHEUS"),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address.getAuthority(),
                        "--enable-feature=exemplar-storage")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new Prometheus(address, process);
    }

    /** The values of all series that an expression has at the moment. */
    List<String> numbers(String expression) {
        return series(expression).stream()
                .map(result -> result.getJsonArray("value").getString(1))
                .toList();
    }

    /** The series that an expression has at the moment, each with its labels as {@code metric}. */
    List<JsonObject> series(String expression) {
        return ask("query?query=" + encoded(expression))
                .getJsonObject("data")
                .getJsonArray("result")
                .getValuesAs(JsonObject.class);
    }

    JsonObject ask(String question) {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/api/v1/" + question)).build();
        try (JsonReader reader = Json.createReader(new StringReader(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body()))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
