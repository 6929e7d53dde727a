package dev.hexmart.adapter.redis;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CheckoutAttempts;
import dev.hexmart.application.cart.CheckoutAttemptsContract;
import org.junit.jupiter.api.AfterAll;

class RedisCheckoutAttemptsTest extends CheckoutAttemptsContract {

    private static final Redis REDIS = TestRedis.open();

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    protected CheckoutAttempts attempts() {
        return new RedisCheckoutAttempts(REDIS);
    }

    @Override
    protected CheckoutAttempts unreachable() {
        return new RedisCheckoutAttempts(TestRedis.AWAY);
    }

    @Override
    protected CartRepository carts() {
        return new RedisCartRepository(REDIS);
    }
}
