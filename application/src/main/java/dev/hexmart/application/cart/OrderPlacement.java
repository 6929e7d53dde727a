package dev.hexmart.application.cart;

import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import java.util.List;
import java.util.Optional;

/** Driven port: places an order in the ordering context. */
public interface OrderPlacement {

    /**
     * Places an order for the bearer of the credential.
     *
     * <p>One key and request is answered with one order, however often it is asked, for 24 hours. One version of a customer's
     * cart is ordered once, under whichever key, unless the order that it came to has been cancelled.
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure when no answer was had: there may be an order or not, and
     *     asking again under the same key tells
     */
    Placement place(PlacementRequest request, Credential customer);

    /**
     * What is to be ordered.
     *
     * @param cart the version of the customer's cart that holds these lines
     * @param expectedTotal what the customer has been told that it costs; if it costs something else, nothing is bought
     */
    record PlacementRequest(
            IdempotencyKey key,
            CartVersion cart,
            List<LineItem> lines,
            Optional<PaymentMethod> method,
            Optional<Money> expectedTotal) {
        public PlacementRequest {
            lines = List.copyOf(lines);
        }
    }

    sealed interface Placement extends CheckOutCart.Outcome {

        /** @param replayed whether this is the answer to an earlier request under the same key */
        record Accepted(OrderId order, Money total, boolean replayed) implements Placement {}

        /** @param actual the current total */
        record PriceChanged(Money actual) implements Placement {}

        /** These products are not, or no longer, on offer. */
        record UnknownProducts(List<ProductId> products) implements Placement {
            public UnknownProducts {
                products = List.copyOf(products);
            }
        }

        /** The catalog cannot fill these lines. */
        record NotEnoughStock(List<Shortage> shortages) implements Placement {
            public NotEnoughStock {
                shortages = List.copyOf(shortages);
            }
        }

        /** @param why the required action, in words for the customer */
        record TooManyUnpaid(String why) implements Placement {}

        /** @param why fit to be shown to the customer: an unknown payment method, lines in two currencies, too high a total */
        record Refused(String why) implements Placement {}

        /** @param order the one that this version of the cart came to before, under another key */
        record AlreadyOrdered(OrderId order) implements Placement {}

        record InFlight() implements Placement {}

        record OtherRequest() implements Placement {}
    }
}
