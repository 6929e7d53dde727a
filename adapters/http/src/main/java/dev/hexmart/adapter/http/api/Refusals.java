package dev.hexmart.adapter.http.api;

import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.adapter.json.ShortageJson;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The refusals that more than one route has. */
public final class Refusals {

    private Refusals() {}

    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }

    /** @param pointer which member of the body it is about */
    public static ProblemException at(ProblemType type, String pointer, String detail) {
        return new ProblemException(Problem.of(type, detail).because(new Problem.Fault.InBody(pointer, detail)));
    }

    public static ProblemException requestInFlight() {
        return new ProblemException(
                Problem.of(ProblemType.REQUEST_IN_FLIGHT, "A request with this Idempotency-Key is still in progress")
                        .retry(1));
    }

    public static ProblemException idempotencyKeyReused() {
        return of(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for a different request; use a new key");
    }

    public static ProblemException priceChanged(Money actual) {
        return new ProblemException(
                Problem.of(ProblemType.PRICE_CHANGED, "The total has changed; nothing has been bought")
                        .with("actualTotal", MoneyJson.write(actual)));
    }

    public static ProblemException cartAlreadyOrdered(OrderId order) {
        return new ProblemException(Problem.of(
                        ProblemType.CART_ALREADY_ORDERED,
                        "This cart has been ordered already, as order " + order
                                + "; nothing more has been bought. Put something into the cart to order again")
                .with("orderId", Json.text(order))
                .withHeader("Location", "/orders/" + order));
    }

    public static ProblemException notEnoughStock(List<Shortage> shortages) {
        String lines = shortages.stream()
                .map(shortage -> shortage.available() == 0
                        ? shortage.name() + " is sold out"
                        : "of " + shortage.name() + " " + shortage.available() + " are left, not " + shortage.wanted())
                .collect(Collectors.joining("; "));
        return new ProblemException(Problem.of(
                        ProblemType.NOT_ENOUGH_STOCK,
                        "Not enough in stock: " + lines
                                + ". Nothing has been bought; take fewer pieces or remove the line")
                .with("shortages", Json.array(shortages, ShortageJson::write).build()));
    }

    public static ProblemException unknownProducts(List<ProductId> products) {
        return new ProblemException(
                Problem.of(ProblemType.UNKNOWN_PRODUCTS, "Not, or no longer, on offer: " + joined(products))
                        .with("products", Json.array(products, Json::text).build()));
    }

    public static ProblemException unknownMethod(Collection<PaymentMethod> accepted, String pointer) {
        String detail = "Pay by one of: " + joined(accepted);
        return at(ProblemType.UNKNOWN_PAYMENT_METHOD, pointer, detail);
    }

    private static String joined(Collection<?> things) {
        return things.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }
}
