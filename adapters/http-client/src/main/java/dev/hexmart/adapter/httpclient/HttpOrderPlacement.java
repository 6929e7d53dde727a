package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** Orders, placed at the orders service; its problem's {@code code} tells one refusal from another. */
public final class HttpOrderPlacement implements OrderPlacement {

    private final ServiceClient orders;

    public HttpOrderPlacement(ServiceClient orders) {
        this.orders = orders;
    }

    @Override
    public Placement place(Request request, Credential customer) {
        Answer answer = orders.post("/cartCheckout", write(request), request.key(), customer);
        return switch (answer.status()) {
            case 201 -> placed(answer);
            case 409, 422 -> refused(answer);
            default -> throw orders.unexpected(answer);
        };
    }

    private static JsonValue write(Request request) {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        request.lines()
                .forEach(line -> lines.add(Json.createObjectBuilder()
                        .add("productId", line.product().toString())
                        .add("quantity", line.quantity().value())));
        JsonObjectBuilder body = Json.createObjectBuilder().add("lines", lines);
        request.method()
                .ifPresent(
                        method -> body.add("payment", Json.createObjectBuilder().add("method", method.token())));
        request.expectedTotal()
                .ifPresent(total -> body.add(
                        "expectedTotal",
                        Json.createObjectBuilder()
                                .add("amount", total.amount())
                                .add("currency", total.currency().getCurrencyCode())));
        return body.build();
    }

    private static Placement placed(Answer answer) {
        JsonObject body = answer.body().asJsonObject();
        return new Placement.Placed(
                OrderId.parse(body.getString("orderId")),
                money(body.getJsonObject("total")),
                answer.header("idempotent-replayed", "true"));
    }

    private Placement refused(Answer answer) {
        JsonObject problem = answer.body().asJsonObject();
        return switch (problem.getString("code", "")) {
            case "price-changed" -> new Placement.PriceChanged(money(problem.getJsonObject("actualTotal")));
            case "unknown-products" -> new Placement.UnknownProducts(products(problem));
            case "request-in-flight" -> new Placement.InFlight();
            case "idempotency-key-reused" -> new Placement.OtherRequest();
            case "unknown-payment-method", "mixed-currencies" -> new Placement.Refused(problem.getString("detail"));
            default -> throw orders.unexpected(answer);
        };
    }

    private static List<ProductId> products(JsonObject problem) {
        return problem.getJsonArray("products").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .map(ProductId::parse)
                .toList();
    }

    private static Money money(JsonObject money) {
        return Money.of(money.getJsonNumber("amount").longValueExact(), money.getString("currency"));
    }
}
