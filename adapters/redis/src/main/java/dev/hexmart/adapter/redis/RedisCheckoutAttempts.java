package dev.hexmart.adapter.redis;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckoutAttempts;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Each attempt a hash of its request, the cart's version and its lines; each version that is settled the id of its order. All of
 * it lies in the same slot as its customer's cart.
 */
public final class RedisCheckoutAttempts implements CheckoutAttempts {

    static final Duration KEPT = Duration.ofHours(24);
    private static final Script BEGIN = Script.of("begin-attempt.lua");
    private static final Script ABANDON = Script.of("abandon-attempt.lua");

    private final Redis redis;
    private final VersionIds ids = new VersionIds();

    public RedisCheckoutAttempts(Redis redis) {
        this.redis = redis;
    }

    @Override
    public CheckoutAttempt begin(CheckoutAttempt attempt) {
        Object stored = BEGIN.run(
                redis,
                List.of(key(attempt)),
                List.of(
                        Long.toString(KEPT.toSeconds()),
                        attempt.request().sha256(),
                        attempt.version().value(),
                        write(attempt.lines())));
        return read(attempt, (List<?>) stored);
    }

    @Override
    public boolean settle(CheckoutAttempt attempt, OrderId order, StoredCart expected, Cart next) {
        return RedisCartRepository.settle(redis, ids, attempt.version(), order, expected, next);
    }

    @Override
    public Optional<OrderId> orderOf(CustomerId customer, CartVersion version) {
        String key = Keys.orderOf(customer, version);
        return Optional.ofNullable(redis.call("GET", jedis -> jedis.get(key))).map(OrderId::parse);
    }

    @Override
    public void abandon(CheckoutAttempt attempt) {
        ABANDON.run(redis, List.of(key(attempt), Keys.orderOf(attempt.customer(), attempt.version())), List.of());
    }

    private static String key(CheckoutAttempt attempt) {
        return Keys.attempt(attempt.customer(), attempt.key().value());
    }

    private static CheckoutAttempt read(CheckoutAttempt attempt, List<?> stored) {
        try {
            return new CheckoutAttempt(
                    attempt.customer(),
                    attempt.key(),
                    new Fingerprint(String.valueOf(stored.get(0))),
                    new CartVersion(String.valueOf(stored.get(1))),
                    readLines(String.valueOf(stored.get(2))));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("A stored attempt to check out is unreadable; use another idempotency key", e);
        }
    }

    private static String write(List<LineItem> lines) {
        return lines.stream()
                .map(line -> line.product() + ":" + line.quantity().value())
                .collect(Collectors.joining(","));
    }

    private static List<LineItem> readLines(String lines) {
        return Arrays.stream(lines.split(","))
                .filter(line -> !line.isEmpty())
                .map(RedisCheckoutAttempts::readLine)
                .toList();
    }

    private static LineItem readLine(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A line is written <product>:<quantity>");
        }
        return new LineItem(
                ProductId.parse(line.substring(0, colon)), Quantity.of(Integer.parseInt(line.substring(colon + 1))));
    }
}
