package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.LineItemJson;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.OrderId;
import jakarta.json.JsonObject;

/** Places orders at the orders service; refusals are distinguished by the problem's {@code code}. */
public final class HttpOrderPlacement implements OrderPlacement {

    private final ServiceClient orders;

    public HttpOrderPlacement(ServiceClient orders) {
        this.orders = orders;
    }

    @Override
    public Placement place(PlacementRequest request, Credential customer) {
        Answer answer =
                orders.post("/cartCheckout", write(request), request.key().value(), customer);
        return switch (answer.status()) {
            case 201 -> placed(answer);
            case 409, 422 -> refused(answer);
            default -> throw answer.unexpected();
        };
    }

    private static JsonObject write(PlacementRequest request) {
        var body = Json.object()
                .add("lines", Json.array(request.lines(), LineItemJson::write))
                .add("cartVersion", request.cart().value());
        request.method().ifPresent(method -> body.add("payment", Json.object().add("method", method.token())));
        request.expectedTotal().ifPresent(total -> body.add("expectedTotal", MoneyJson.write(total)));
        return body.build();
    }

    private static Placement placed(Answer answer) {
        boolean replayed = answer.headers()
                .first("Idempotent-Replayed")
                .filter("true"::equals)
                .isPresent();
        return answer.read(order -> placed(order, replayed));
    }

    private static Placement placed(JsonInput order, boolean replayed) {
        var members = order.members();
        var id = members.required("orderId", value -> OrderId.parse(value.text()));
        var total = members.required("total", MoneyJson::read);
        return members.build(() -> new Placement.Accepted(id.get(), total.get(), replayed));
    }

    private static Placement refused(Answer answer) {
        return switch (answer.read(Problem::code)) {
            case Problem.CART_ALREADY_ORDERED -> new Placement.AlreadyOrdered(answer.read(Problem::order));
            case Problem.NOT_ENOUGH_STOCK -> new Placement.NotEnoughStock(answer.read(Problem::shortages));
            case Problem.TOO_MANY_UNPAID_ORDERS -> new Placement.TooManyUnpaid(answer.read(Problem::detail));
            case Problem.PRICE_CHANGED -> new Placement.PriceChanged(answer.read(Problem::actualTotal));
            case Problem.UNKNOWN_PRODUCTS -> new Placement.UnknownProducts(answer.read(Problem::products));
            case Problem.REQUEST_IN_FLIGHT -> new Placement.InFlight();
            case Problem.IDEMPOTENCY_KEY_REUSED -> new Placement.OtherRequest();
            case Problem.UNKNOWN_PAYMENT_METHOD, Problem.MIXED_CURRENCIES, Problem.TOTAL_TOO_HIGH ->
                new Placement.Refused(answer.read(Problem::detail));
            default -> throw answer.unexpected();
        };
    }
}
