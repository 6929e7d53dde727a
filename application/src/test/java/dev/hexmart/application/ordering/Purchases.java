package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Purchases for tests; each is new, with an id, a product and, unless given, a customer of its own. */
public final class Purchases {

    public static final Instant PLACED_AT = Instant.parse("2026-03-02T12:00:00Z");
    public static final Duration TIME_TO_PAY = Duration.ofMinutes(15);

    private Purchases() {}

    /** One kettle at 19.99 EUR, to be paid by a card that was named at checkout. */
    public static Purchase ofAKettle() {
        return of(Callers.newCustomerId(), PLACED_AT, Optional.of(new PaymentMethod("card-ok")));
    }

    /** One kettle by a customer who has not said how to pay. */
    public static Purchase ofAKettleWithoutAMethod() {
        return of(Callers.newCustomerId(), PLACED_AT, Optional.empty());
    }

    public static Purchase by(CustomerId customer, Instant placedAt) {
        return of(customer, placedAt, Optional.of(new PaymentMethod("card-ok")));
    }

    /** By a customer who has not said how to pay. */
    public static Purchase byHand(CustomerId customer, Instant placedAt) {
        return of(customer, placedAt, Optional.empty());
    }

    /** Two products in several pieces, 2 × 19.99 EUR and 99 × 0.01 EUR. */
    public static Purchase ofTwoProducts() {
        return new Purchase(
                newOrder(),
                Callers.newCustomerId(),
                List.of(line("Kettle", 1999, 2), line("Tea bag", 1, 99)),
                Optional.of(new PaymentMethod("card-ok")),
                PLACED_AT,
                PLACED_AT.plus(TIME_TO_PAY));
    }

    public static Purchase ofOnePiece(Money price) {
        return new Purchase(
                newOrder(),
                Callers.newCustomerId(),
                List.of(new OrderLine(new ProductId(UUID.randomUUID()), "Yacht", price, Quantity.of(1))),
                Optional.empty(),
                PLACED_AT,
                PLACED_AT.plus(TIME_TO_PAY));
    }

    public static OrderId newOrder() {
        return new OrderId(UUID.randomUUID());
    }

    private static Purchase of(CustomerId customer, Instant placedAt, Optional<PaymentMethod> method) {
        return new Purchase(
                newOrder(), customer, List.of(line("Kettle", 1999, 1)), method, placedAt, placedAt.plus(TIME_TO_PAY));
    }

    private static OrderLine line(String name, long price, int quantity) {
        return new OrderLine(new ProductId(UUID.randomUUID()), name, Money.of(price, "EUR"), Quantity.of(quantity));
    }
}
