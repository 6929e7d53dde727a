package dev.hexmart.application.cart;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Optional;

/**
 * Driven port: what each attempt to check out has set out to buy, and which order each version of a cart came to, kept for
 * 24 hours.
 *
 * <p>An attempt that is made again under its key must ask for the very same lines, although the cart may have changed or
 * been emptied by then. Whether there is an order is not decided here but where orders are: losing what is kept here costs
 * its customer a repeated answer, never a second order.
 *
 * <p>Every call throws a {@link TemporaryFailure} when the store cannot be reached; then it is not known whether a change was
 * made. Each may be repeated.
 */
public interface CheckoutAttempts {

    /** Stores the attempt unless there is one under its customer and key, and returns the one that is stored now. */
    CheckoutAttempt begin(CheckoutAttempt attempt);

    /**
     * Puts {@code next} in the place of {@code expected} and notes that the attempt's version of the cart came to this order,
     * both or neither. A version is settled once, by whichever of its attempts comes first.
     *
     * @return false, and nothing is changed, where the stored cart is no longer {@code expected}. True, and nothing is
     *     changed, where the version has been settled before
     */
    boolean settle(CheckoutAttempt attempt, OrderId order, StoredCart expected, Cart next);

    /** The order that a version of the customer's cart came to, if that was settled. */
    Optional<OrderId> orderOf(CustomerId customer, CartVersion version);

    /** Forgets an attempt that came to nothing, so that its key is free; one whose version is settled stays as it is. */
    void abandon(CheckoutAttempt attempt);

    /**
     * One attempt.
     *
     * @param request what was asked for beside the cart's lines
     * @param version of the cart that the lines are from
     */
    record CheckoutAttempt(
            CustomerId customer, IdempotencyKey key, Fingerprint request, CartVersion version, List<LineItem> lines) {
        public CheckoutAttempt {
            lines = List.copyOf(lines);
        }
    }
}
