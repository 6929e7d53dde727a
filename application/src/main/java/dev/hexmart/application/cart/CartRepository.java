package dev.hexmart.application.cart;

import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;

/**
 * Driven port: the customers' carts.
 *
 * <p>Nothing that decides lives here: a cart may lose its last second when its store dies, an order loses nothing. A cart
 * that nobody touches for 30 days may be forgotten.
 */
public interface CartRepository {

    /** The customer's cart; empty where there is none. */
    Cart find(CustomerId owner);

    /**
     * Puts {@code next} in the place of {@code expected}, which belong to the same customer.
     *
     * @return whether the stored cart was still {@code expected}; if not, nothing was changed. An empty cart and none are
     *     the same
     */
    boolean replace(Cart expected, Cart next);
}
