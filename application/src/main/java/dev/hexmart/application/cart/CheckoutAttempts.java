package dev.hexmart.application.cart;

import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import java.util.List;

/**
 * Driven port: what each attempt to check out has set out to buy, kept for 24 hours.
 *
 * <p>An attempt that is made again under its key must ask for the very same lines, although the cart may have changed or
 * been emptied by then. Whether there is an order is not decided here but where orders are: losing an attempt costs
 * its customer a repeated answer, never a second order.
 */
public interface CheckoutAttempts {

    /** Stores the attempt unless there is one under its customer and key, and returns the one that is stored now. */
    CheckoutAttempt begin(CheckoutAttempt attempt);

    /**
     * Puts {@code next} in the place of {@code expected} and marks the attempt as settled, both or neither. An attempt
     * that has been forgotten meanwhile is stored again, settled: what was bought must not stay in the cart.
     *
     * @return false, and nothing is changed, where the stored cart is no longer {@code expected}. True, and nothing is
     *     changed, where the attempt has been settled before
     */
    boolean settle(CheckoutAttempt attempt, Cart expected, Cart next);

    /** Forgets an attempt that came to nothing, so that its key is free; one that is settled or unknown stays as it is. */
    void abandon(CheckoutAttempt attempt);

    /**
     * One attempt.
     *
     * @param key the customer's idempotency key
     * @param request what was asked for beside the cart's lines
     * @param settled whether the bought lines have been taken out of the cart
     */
    record CheckoutAttempt(
            CustomerId customer, String key, Fingerprint request, List<LineItem> lines, boolean settled) {
        public CheckoutAttempt {
            lines = List.copyOf(lines);
        }
    }
}
