package dev.hexmart.adapter.redis;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each cart a hash of product id to quantity, as anyone may see in RedisInsight. */
public final class RedisCartRepository implements CartRepository {

    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(RedisCartRepository.class);
    private static final Script REPLACE = Script.of("replace-cart.lua");

    private final Redis redis;

    public RedisCartRepository(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Cart find(CustomerId owner) {
        String key = Keys.cart(owner);
        TreeMap<ProductId, Quantity> content = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        for (Map.Entry<String, String> field :
                redis.call("HGETALL", jedis -> jedis.hgetAll(key)).entrySet()) {
            try {
                if (content.size() == LineItems.MAX_LINES) {
                    throw new IllegalArgumentException("One line too many");
                }
                content.put(ProductId.parse(field.getKey()), Quantity.of(Integer.parseInt(field.getValue())));
            } catch (IllegalArgumentException e) {
                unreadable.add(field.getKey());
            }
        }
        if (!unreadable.isEmpty()) {
            // Only an edit by hand can do this. Left alone, it would keep its customer from ever changing the cart
            // again.
            LOG.warn("Dropping {} unreadable lines from a cart", unreadable.size());
            redis.call("HDEL", jedis -> jedis.hdel(key, unreadable.toArray(String[]::new)));
        }
        return new Cart(owner, content);
    }

    @Override
    public boolean replace(Cart expected, Cart next) {
        return replace(redis, List.of(Keys.cart(next.owner())), expected, next);
    }

    static boolean replace(Redis redis, List<String> keys, Cart expected, Cart next) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(KEPT.toSeconds()));
        arguments.addAll(Script.arguments(expected));
        arguments.addAll(Script.arguments(next));
        return REPLACE.run(redis, keys, arguments).equals(1L);
    }
}
