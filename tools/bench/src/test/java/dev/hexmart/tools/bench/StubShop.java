package dev.hexmart.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Identity provider, gateway, products and orders in one server; every fifth order is refused, the others are paid in 100 ms. */
final class StubShop implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final AtomicInteger orders = new AtomicInteger();

    StubShop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    Target target() {
        Map<String, URI> services = Map.of("gateway", address(), "products", address(), "orders", address());
        return Target.Elsewhere.of(
                new Against.Running("stub", services, Optional.empty(), Map.of()), address(), Optional.empty());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().toString();
            String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
            if (path.endsWith("/oauth2/v2.0/token")) {
                boolean known = form.matches(".*username=(shopper-\\d+|carol)&.*");
                send(exchange, known ? 200 : 400, "{\"access_token\":\"token\"}");
            } else if (path.equals("/cartCheckout")) {
                int number = orders.incrementAndGet();
                send(exchange, number % 5 == 0 ? 409 : 201, "{\"orderId\":\"order-" + number + "\"}");
            } else if (path.startsWith("/orders/")) {
                send(exchange, 200, """
                    {"history":[{"status":"PENDING","at":"2026-01-01T00:00:00Z"},{"status":"PAID","at":"2026-01-01T00:00:00.1Z"}]}
                    """);
            } else if (path.startsWith("/login")) {
                exchange.getResponseHeaders().add("Set-Cookie", "attempt=1; HttpOnly");
                redirect(exchange, 302, "/authorize?a=b");
            } else if (path.equals("/authorize?a=b&login_hint=shopper-1")) {
                redirect(exchange, 302, "/callback");
            } else if (path.equals("/callback") && cookie.equals("attempt=1")) {
                exchange.getResponseHeaders().add("Set-Cookie", "attempt=; Max-Age=0");
                exchange.getResponseHeaders().add("Set-Cookie", "session=secret; HttpOnly");
                redirect(exchange, 303, "/");
            } else {
                send(exchange, path.startsWith("/products") ? 200 : 404, "[{\"id\":\"product-1\"}]");
            }
        }
    }

    private void redirect(HttpExchange exchange, int status, String path) throws IOException {
        exchange.getResponseHeaders().add("Location", address() + path);
        send(exchange, status, "{}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
