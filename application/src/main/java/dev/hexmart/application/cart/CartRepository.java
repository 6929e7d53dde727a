package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import java.util.Optional;

/**
 * Driven port: the customers' carts.
 *
 * <p>Nothing that decides lives here: a cart may lose its last second when its store dies, an order loses nothing. A cart
 * without a change for 30 days may be forgotten.
 *
 * <p>Every call but {@link #recall} throws a {@link TemporaryFailure} when the store cannot be reached; then it is not known
 * whether a change was made.
 */
public interface CartRepository {

    /** The customer's cart and its version, read as one; empty where there is none. */
    StoredCart find(CustomerId owner);

    /**
     * The customer's cart as this repository saw it last, without a question to the store; where it was not seen, an
     * empty one or what is stored. It may be stale, and so is good for {@link #replace} alone, and no reason to refuse anything.
     */
    StoredCart recall(CustomerId owner);

    /**
     * Puts {@code next} in the place of {@code expected}, which belong to the same customer.
     *
     * @return what is stored now; nothing, and nothing is changed, where the stored cart was no longer {@code expected}, and then
     *     {@link #recall} tells what it was. An empty cart and none are the same
     */
    Optional<StoredCart> replace(StoredCart expected, Cart next);

    /**
     * A cart as it is stored.
     *
     * @param version a new one for each content that differs from the one before, also where an earlier content comes back;
     *     {@link CartVersion#EMPTY} for an empty cart and no other
     */
    record StoredCart(Cart cart, CartVersion version) {

        public StoredCart {
            if (cart.isEmpty() != version.equals(CartVersion.EMPTY)) {
                throw new IllegalArgumentException("An empty cart, and no other, has the version of empty carts");
            }
        }

        public static StoredCart empty(CustomerId owner) {
            return new StoredCart(Cart.empty(owner), CartVersion.EMPTY);
        }
    }
}
