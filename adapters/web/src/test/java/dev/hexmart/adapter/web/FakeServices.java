package dev.hexmart.adapter.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The services behind the gateway at one address: each path has the answer that a test gives it, every other one is unknown. */
final class FakeServices implements AutoCloseable {

    static final String PRODUCT = "5f0c8a2e-6d1f-4c1b-9a67-0d3a5b0f1c22";
    static final String ORDER = "bc9908eb-3c4e-4112-b23c-09ce535af1fa";
    static final String MESSAGE = "0e9a4c3d-98a5-4c7e-8a3e-1fd1b4a6c001";

    private static final String KETTLE = """
            {"id":"%s","name":"Gooseneck kettle","description":"Pours","category":"kitchen",
             "image":"/images/products/gooseneck-kettle.svg","price":{"amount":1999,"currency":"EUR"},"stock":3}
            """.formatted(PRODUCT);
    private static final String PLACED = """
            {"orderId":"%s","status":"PAID","userId":"t.0000b0b1","total":{"amount":3998,"currency":"EUR"},
             "lines":[{"productId":"%s","name":"Gooseneck kettle","quantity":2,"total":{"amount":3998,"currency":"EUR"}}],
             "placedAt":"2026-05-04T12:00:00Z","payBy":"2026-05-04T12:15:00Z","payment":{"method":"card-ok"},
             "history":[{"version":1,"status":"PENDING","at":"2026-05-04T12:00:00Z","note":"Placed"}],
             "traceId":"0af7651916cd43dd8448eb211c80319c"}
            """.formatted(ORDER, PRODUCT);
    private static final String METHODS = """
            [{"method":"invoice","name":"By invoice","explanation":"Pay in two weeks.","default":true},
             {"method":"card-ok","name":"A card that works","explanation":"At once.","default":false}]
            """;
    private static final String PARKED = """
            [{"id":"%s","type":"stock.reserve","reason":"Failed ten times","at":"2026-05-04T12:00:00Z","body":"{}"}]
            """.formatted(MESSAGE);

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    /** A request as it arrived. */
    record Asked(String target, String authorization) {}

    private FakeServices() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** With a product, a cart, an order, its payment and a parked message. */
    static FakeServices start() {
        FakeServices services = new FakeServices();
        services.answer("/products", 200, "[" + KETTLE + "]");
        services.answer("/products/" + PRODUCT, 200, KETTLE);
        services.answer("/products/" + PRODUCT + "/stock", 200, """
                [{"kind":"ADJUSTED","available":5,"reserved":0,"reason":"Counted again","at":"2026-05-04T12:00:00Z"}]""");
        services.answer("/categories", 200, "[{\"slug\":\"kitchen\",\"name\":\"Kitchen & table\",\"products\":1}]");
        services.answer("/cart/add", 204, "");
        services.answer("/cart", 200, "{\"lines\":[{\"productId\":\"%s\",\"quantity\":2}]}".formatted(PRODUCT));
        services.answer("/orders", 200, "[" + PLACED + "]");
        services.answer("/orders/" + ORDER, 200, PLACED);
        services.answer("/payments/methods", 200, METHODS);
        services.answer("/payments/" + ORDER, 200, "{\"status\":\"PAID\",\"method\":\"card-ok\"}");
        services.answer("/messages/parked", 200, PARKED);
        services.answer("/messages/dead", 200, "[]");
        services.answer("/messages/parked/" + MESSAGE + "/resend", 204, "");
        services.answer("/health/ready", 200, "{\"status\":\"UP\",\"checks\":[]}");
        services.answer("/wiring", 200, """
                {"drivers":[],"useCases":["SingSongs"],"ports":[{"name":"Choir","adapter":"BrassBand","place":"park"}]}""");
        return services;
    }

    /** @param path without the query */
    void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    /** The path and query of each request, with the credential that it carried, the first one first. */
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .orElse("")));
            exchange.getRequestBody().readAllBytes();
            Answer answer = Optional.ofNullable(
                            answers.get(exchange.getRequestURI().getPath()))
                    .orElse(new Answer(404, "{\"code\":\"not-found\"}"));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag", "\"1.a\"");
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
