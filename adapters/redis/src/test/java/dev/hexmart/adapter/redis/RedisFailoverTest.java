package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiter.Wanted;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The death of a master of a cluster with a replica of each. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisFailoverTest {

    /** The cluster gives a master up after two seconds and elects its replica in one or two more; a busy machine takes longer. */
    private static final Duration FAILOVER = Duration.ofSeconds(15);

    @Test
    void cartsOfADeadMasterAreChangedWithinSecondsAndNoReplicatedOneIsLost() {
        try (TestRedisCluster cluster = TestRedisCluster.withReplicas(1);
                Redis redis = cluster.open()) {
            CartRepository carts = new RedisCartRepository(redis);
            List<StoredCart> written = Stream.generate(RedisFailoverTest::newCart)
                    .limit(300)
                    .map(cart ->
                            carts.replace(StoredCart.empty(cart.owner()), cart).orElseThrow())
                    .toList();
            cluster.awaitReplicas();
            StoredCart affected = written.stream()
                    .filter(stored ->
                            cluster.isAtFirstMaster(Keys.cart(stored.cart().owner())))
                    .findFirst()
                    .orElseThrow();
            cluster.killFirstMaster();
            await().atMost(FAILOVER)
                    .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                    .until(() -> carts.replace(
                                    affected, Cart.empty(affected.cart().owner()))
                            .isPresent());
            assertThat(redis.isHealthy()).isTrue();
            assertThat(written)
                    .filteredOn(stored -> !stored.equals(affected))
                    .allSatisfy(stored ->
                            assertThat(carts.find(stored.cart().owner())).isEqualTo(stored));
        }
    }

    /** By itself, since a command that is redirected would tell a client of the new master. */
    @Test
    void limitsOfADeadMasterAreCountedAgainWithinSeconds() {
        try (TestRedisCluster cluster = TestRedisCluster.withReplicas(1);
                Redis redis = cluster.open()) {
            RateLimiter limiter = new RedisRateLimiter(redis);
            Allowance many = new Allowance(1_000_000, Duration.ofHours(1));
            List<Wanted> ofAllMasters = IntStream.range(0, 20)
                    .mapToObj(i -> new Wanted("key-" + i, many))
                    .toList();
            assertThat(limiter.takeEach(ofAllMasters)).hasSize(20);
            cluster.killFirstMaster();
            assertThatThrownBy(() -> limiter.takeEach(ofAllMasters)).isInstanceOf(TemporaryFailure.class);
            await().atMost(FAILOVER)
                    .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                    .until(() -> limiter.takeEach(ofAllMasters).size() == 20);
        }
    }

    private static Cart newCart() {
        return new Cart(
                new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
                new TreeMap<>(Map.of(new ProductId(UUID.randomUUID()), Quantity.of(2))));
    }
}
