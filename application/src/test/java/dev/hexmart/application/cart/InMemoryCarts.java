package dev.hexmart.application.cart;

import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The carts and the attempts to check them out, in memory. */
public final class InMemoryCarts implements CartRepository, CheckoutAttempts {

    private final Map<CustomerId, Cart> carts = new HashMap<>();
    private final Map<Key, CheckoutAttempt> attempts = new HashMap<>();

    @Override
    public synchronized Cart find(CustomerId owner) {
        return carts.getOrDefault(owner, Cart.empty(owner));
    }

    @Override
    public synchronized boolean replace(Cart expected, Cart next) {
        boolean asExpected = find(expected.owner()).equals(expected);
        if (asExpected) {
            carts.put(next.owner(), next);
        }
        return asExpected;
    }

    @Override
    public synchronized CheckoutAttempt begin(CheckoutAttempt attempt) {
        return Optional.ofNullable(attempts.putIfAbsent(Key.of(attempt), attempt))
                .orElse(attempt);
    }

    @Override
    public synchronized boolean settle(CheckoutAttempt attempt, Cart expected, Cart next) {
        if (isSettled(attempt)) {
            return true;
        }
        boolean replaced = replace(expected, next);
        if (replaced) {
            attempts.put(
                    Key.of(attempt),
                    new CheckoutAttempt(attempt.customer(), attempt.key(), attempt.request(), attempt.lines(), true));
        }
        return replaced;
    }

    @Override
    public synchronized void abandon(CheckoutAttempt attempt) {
        if (!isSettled(attempt)) {
            attempts.remove(Key.of(attempt));
        }
    }

    private boolean isSettled(CheckoutAttempt attempt) {
        return Optional.ofNullable(attempts.get(Key.of(attempt)))
                .filter(CheckoutAttempt::settled)
                .isPresent();
    }

    private record Key(CustomerId customer, String value) {

        static Key of(CheckoutAttempt attempt) {
            return new Key(attempt.customer(), attempt.key());
        }
    }
}
