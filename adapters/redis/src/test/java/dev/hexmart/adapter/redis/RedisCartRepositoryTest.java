package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CartRepositoryContract;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisCartRepositoryTest extends CartRepositoryContract {

    private static final Redis REDIS = TestRedis.open();

    private final CustomerId customer = new CustomerId(UUID.randomUUID(), UUID.randomUUID());
    private final ProductId product = new ProductId(UUID.randomUUID());

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    protected CartRepository carts() {
        return new RedisCartRepository(REDIS);
    }

    @Test
    void aCartIsAPlainHashOfProductToQuantityThatEndsAfterThirtyDays() {
        assertThat(carts().replace(Cart.empty(customer), cart(3))).isTrue();
        String key = "cart:{" + customer + "}";
        assertThat(stored(key)).isEqualTo(Map.of(product.toString(), "3"));
        long secondsToLive = REDIS.call("TTL", jedis -> jedis.ttl(key));
        assertThat(secondsToLive).isBetween(30 * 86_400L - 60, 30 * 86_400L);
    }

    @Test
    void linesThatWereEditedIntoNonsenseAreDroppedAndTheCartWorksOn() {
        carts().replace(Cart.empty(customer), cart(3));
        String key = "cart:{" + customer + "}";
        REDIS.call(
                "HSET",
                jedis -> jedis.hset(
                        key,
                        Map.of(
                                "nonsense",
                                "1",
                                UUID.randomUUID().toString(),
                                "0",
                                UUID.randomUUID().toString(),
                                "many")));
        Cart found = carts().find(customer);
        assertThat(found).isEqualTo(cart(3));
        assertThat(carts().replace(found, cart(4))).isTrue();
        assertThat(stored(key)).isEqualTo(Map.of(product.toString(), "4"));
    }

    private static Map<String, String> stored(String key) {
        return REDIS.call("HGETALL", jedis -> jedis.hgetAll(key));
    }

    private Cart cart(int quantity) {
        return new Cart(customer, new TreeMap<>(Map.of(product, Quantity.of(quantity))));
    }
}
