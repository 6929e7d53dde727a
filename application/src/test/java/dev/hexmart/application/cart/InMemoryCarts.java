package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The carts and the attempts to check them out, in memory. */
public final class InMemoryCarts implements CartRepository, CheckoutAttempts {

    private final Map<CustomerId, StoredCart> carts = new HashMap<>();
    private final Map<Key, CheckoutAttempt> attempts = new HashMap<>();
    private final Map<Version, OrderId> settled = new HashMap<>();
    private boolean reachable = true;

    /** From now on every call fails. */
    public void breakDown() {
        reachable = false;
    }

    @Override
    public synchronized StoredCart find(CustomerId owner) {
        requireReachable();
        return carts.getOrDefault(owner, StoredCart.empty(owner));
    }

    @Override
    public synchronized StoredCart recall(CustomerId owner) {
        return carts.getOrDefault(owner, StoredCart.empty(owner));
    }

    @Override
    public synchronized Optional<StoredCart> replace(StoredCart expected, Cart next) {
        requireReachable();
        if (!find(next.owner()).equals(expected)) {
            return Optional.empty();
        }
        StoredCart stored = stored(expected, next);
        carts.put(next.owner(), stored);
        return Optional.of(stored);
    }

    @Override
    public synchronized CheckoutAttempt begin(CheckoutAttempt attempt) {
        requireReachable();
        return Optional.ofNullable(attempts.putIfAbsent(Key.of(attempt), attempt))
                .orElse(attempt);
    }

    @Override
    public synchronized boolean settle(CheckoutAttempt attempt, OrderId order, StoredCart expected, Cart next) {
        requireReachable();
        if (settled.containsKey(Version.of(attempt))) {
            return true;
        }
        boolean replaced = replace(expected, next).isPresent();
        if (replaced) {
            settled.put(Version.of(attempt), order);
        }
        return replaced;
    }

    @Override
    public synchronized Optional<OrderId> orderOf(CustomerId customer, CartVersion version) {
        requireReachable();
        return Optional.ofNullable(settled.get(new Version(customer, version)));
    }

    @Override
    public synchronized void abandon(CheckoutAttempt attempt) {
        requireReachable();
        if (!settled.containsKey(Version.of(attempt))) {
            attempts.remove(Key.of(attempt));
        }
    }

    private static StoredCart stored(StoredCart expected, Cart next) {
        if (next.isEmpty()) {
            return StoredCart.empty(next.owner());
        }
        return next.equals(expected.cart())
                ? expected
                : new StoredCart(
                        next, new CartVersion(UUID.randomUUID().toString().replace("-", "")));
    }

    private record Key(CustomerId customer, String value) {

        static Key of(CheckoutAttempt attempt) {
            return new Key(attempt.customer(), attempt.key().value());
        }
    }

    private record Version(CustomerId customer, CartVersion value) {

        static Version of(CheckoutAttempt attempt) {
            return new Version(attempt.customer(), attempt.version());
        }
    }

    private void requireReachable() {
        if (!reachable) {
            throw new TemporaryFailure("The store cannot be reached");
        }
    }
}
