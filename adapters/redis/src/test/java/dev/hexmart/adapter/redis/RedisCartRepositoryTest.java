package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CartRepository.StoredCart;
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

    @Override
    protected CartRepository unreachable() {
        return new RedisCartRepository(TestRedis.AWAY);
    }

    @Test
    void aCartIsAPlainHashOfProductToQuantityThatEndsAfterThirtyDays() {
        assertThat(carts().replace(StoredCart.empty(customer), cart(3))).isPresent();
        String key = "cart:{" + customer + "}";
        assertThat(stored(key)).isEqualTo(Map.of(product.toString(), "3"));
        long secondsToLive = REDIS.call("TTL", jedis -> jedis.ttl(key));
        assertThat(secondsToLive).isBetween(30 * 86_400L - 60, 30 * 86_400L);
        long idsSecondsToLive = REDIS.call("TTL", jedis -> jedis.ttl(key.replace("cart:", "cart-version:")));
        assertThat(idsSecondsToLive).isBetween(30 * 86_400L - 60, 30 * 86_400L);
    }

    @Test
    void linesThatWereEditedIntoNonsenseAreDroppedAndTheCartWorksOn() {
        carts().replace(StoredCart.empty(customer), cart(3));
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
        StoredCart found = carts().find(customer);
        assertThat(found.cart()).isEqualTo(cart(3));
        assertThat(carts().replace(found, cart(4))).isPresent();
        assertThat(stored(key)).isEqualTo(Map.of(product.toString(), "4"));
    }

    @Test
    void aCartThatWasEditedByHandHasAVersionAndEachEditMakesANewOne() {
        String key = "cart:{" + customer + "}";
        REDIS.call("HSET", jedis -> jedis.hset(key, product.toString(), "3"));
        StoredCart first = carts().find(customer);
        assertThat(first.cart()).isEqualTo(cart(3));
        assertThat(carts().find(customer)).isEqualTo(first);
        REDIS.call("HSET", jedis -> jedis.hset(key, product.toString(), "4"));
        StoredCart second = carts().find(customer);
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(carts().replace(second, cart(5))).isPresent();
    }

    @Test
    void anEmptiedCartLeavesNoKeyBehind() {
        StoredCart stored = carts().replace(StoredCart.empty(customer), cart(3)).orElseThrow();
        carts().replace(stored, Cart.empty(customer));
        String key = "cart:{" + customer + "}";
        assertThat(REDIS.<Long>call("EXISTS", jedis -> jedis.exists(key, key.replace("cart:", "cart-version:"))))
                .isZero();
    }

    private static Map<String, String> stored(String key) {
        return REDIS.call("HGETALL", jedis -> jedis.hgetAll(key));
    }

    private Cart cart(int quantity) {
        return new Cart(customer, new TreeMap<>(Map.of(product, Quantity.of(quantity))));
    }
}
