package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.httpclient.StubService.Received;
import dev.hexmart.adapter.json.CheckoutJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.adapter.json.ShortageJson;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.cart.OrderPlacementContract;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import dev.hexmart.domain.shared.Shortage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOrderPlacementTest extends OrderPlacementContract {

    private static final Credential CREDENTIAL = new Credential("the-customers-token");
    private static final OrderPlacement.PlacementRequest REQUEST = new OrderPlacement.PlacementRequest(
            new IdempotencyKey("a-key"),
            new CartVersion("5"),
            List.of(new LineItem(Products.newProduct(), Quantity.of(1))),
            Optional.empty(),
            Optional.empty());

    private volatile Placement answer = new Placement.InFlight();
    private final StubService service = new StubService(this::orders);
    private final ServiceClient client = Clients.of(service);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"422,unknown-payment-method", "422,mixed-currencies", "422,total-too-high"})
    void fixableErrorIsARefusalWithTheServicesMessage(int status, String code) {
        try (var orders = new StubService((_, exchange) -> Answers.problem(exchange, status, code, "Do it otherwise"));
                var asking = Clients.of(orders)) {
            assertThat(new HttpOrderPlacement(asking).place(REQUEST, CREDENTIAL))
                    .isEqualTo(new Placement.Refused("Do it otherwise"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "409,too-late",
        "422,empty-cart",
        "400,invalid-body",
        "401,unauthenticated",
        "403,forbidden",
        "404,not-found",
        "500,internal-error",
        "409,cart-already-ordered",
        "409,price-changed",
        "422,unknown-products"
    })
    void aRefusalThatMakesNoSenseHereIsAPermanentFailure(int status, String code) {
        try (var orders = new StubService((_, exchange) -> Answers.problem(exchange, status, code, "Whatever"));
                var asking = Clients.of(orders)) {
            var placement = new HttpOrderPlacement(asking);
            assertThatThrownBy(() -> placement.place(REQUEST, CREDENTIAL)).isInstanceOf(PermanentFailure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 409, 422})
    void anAnswerWithoutItsMembersIsAPermanentFailure(int status) {
        try (var orders = StubService.answering(status, Map.of("Content-Type", "application/json"), "{}");
                var asking = Clients.of(orders)) {
            var placement = new HttpOrderPlacement(asking);
            assertThatThrownBy(() -> placement.place(REQUEST, CREDENTIAL)).isInstanceOf(PermanentFailure.class);
        }
    }

    @Override
    protected OrderPlacement placement() {
        return new HttpOrderPlacement(client);
    }

    @Override
    protected void theOrdersAnswer(Placement placement) {
        answer = placement;
    }

    @Override
    protected void breakOrders() {
        service.close();
    }

    /** Read as the orders service reads it. */
    @Override
    protected OrderPlacement.PlacementRequest lastRequest() {
        var purchase = JsonInput.parse(service.last().text()).as(CheckoutJson::order);
        return new OrderPlacement.PlacementRequest(
                new IdempotencyKey(service.last().header("Idempotency-Key")),
                purchase.cart().orElseThrow(),
                purchase.lines(),
                purchase.checkout().method(),
                purchase.checkout().expectedTotal());
    }

    @Override
    protected Credential lastCredential() {
        return service.last().credential();
    }

    private void orders(Received request, HttpExchange exchange) throws IOException {
        if (!request.method().equals("POST") || !request.target().equals("/cartCheckout")) {
            Answers.notFound(exchange);
        } else if (!request.header("Content-Type").equals("application/json")) {
            Answers.problem(exchange, 415, "unsupported-media-type", "Send the body as Content-Type: application/json");
        } else {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (answer) {
            case Placement.Accepted(OrderId order, Money total, boolean replayed) -> {
                exchange.getResponseHeaders().set("Location", "/orders/" + order);
                if (replayed) {
                    exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
                }
                Answers.json(exchange, 201, OrderJson.placed(order, total));
            }
            case Placement.AlreadyOrdered(OrderId order) -> {
                exchange.getResponseHeaders().set("Location", "/orders/" + order);
                Answers.problem(
                        exchange,
                        409,
                        "cart-already-ordered",
                        "This cart has been ordered already",
                        Json.object().add("orderId", order.toString()).build());
            }
            case Placement.NotEnoughStock(List<Shortage> shortages) ->
                Answers.problem(
                        exchange,
                        409,
                        "not-enough-stock",
                        "Not enough in stock",
                        Json.object()
                                .add("shortages", Json.array(shortages, ShortageJson::write))
                                .build());
            case Placement.TooManyUnpaid(String why) -> Answers.problem(exchange, 409, "too-many-unpaid-orders", why);
            case Placement.PriceChanged(Money actual) ->
                Answers.problem(
                        exchange,
                        409,
                        "price-changed",
                        "The total has changed; nothing has been bought",
                        Json.object()
                                .add("actualTotal", MoneyJson.write(actual))
                                .build());
            case Placement.UnknownProducts(List<ProductId> products) ->
                Answers.problem(
                        exchange,
                        422,
                        "unknown-products",
                        "Not, or no longer, on offer: "
                                + products.stream().map(ProductId::toString).collect(Collectors.joining(", ")),
                        Json.object()
                                .add("products", Json.array(products, Json::text))
                                .build());
            case Placement.Refused(String why) -> Answers.problem(exchange, 422, "unknown-payment-method", why);
            case Placement.InFlight _ -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                Answers.problem(
                        exchange, 409, "request-in-flight", "A request with this Idempotency-Key is still in progress");
            }
            case Placement.OtherRequest _ ->
                Answers.problem(
                        exchange,
                        422,
                        "idempotency-key-reused",
                        "This Idempotency-Key was used for a different request; use a new key");
        }
    }
}
