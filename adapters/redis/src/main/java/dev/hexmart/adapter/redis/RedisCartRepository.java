package dev.hexmart.adapter.redis;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each cart a hash of product id to quantity, as anyone may see in RedisInsight, and beside it the random id of its version.
 *
 * <p>The version ends with a fingerprint of the lines, so that it changes also with an edit by hand that leaves the id alone.
 */
public final class RedisCartRepository implements CartRepository {

    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(RedisCartRepository.class);
    private static final char SEPARATOR = '.';
    private static final int CONTENT_DIGITS = 16;

    private static final Script READ = Script.of("read-cart.lua");
    private static final Script REPLACE = Script.of("replace-cart.lua");

    /** As many as a heap of 256 MiB can hold of the largest ones. */
    private static final int REMEMBERED = 1000;

    private final Redis redis;
    private final VersionIds ids = new VersionIds();
    private final Map<CustomerId, StoredCart> seen = Collections.synchronizedMap(new LastUsed());

    public RedisCartRepository(Redis redis) {
        this.redis = redis;
    }

    @Override
    public StoredCart find(CustomerId owner) {
        Object stored = READ.run(
                redis,
                List.of(Keys.cart(owner), Keys.cartId(owner)),
                List.of(ids.next(), Long.toString(KEPT.toSeconds())));
        return seen(read(owner, (List<?>) stored));
    }

    @Override
    public StoredCart recall(CustomerId owner) {
        StoredCart last = seen.get(owner);
        return last == null ? StoredCart.empty(owner) : last;
    }

    /** Remembers what is stored, for the next change. */
    private StoredCart seen(StoredCart stored) {
        seen.put(stored.cart().owner(), stored);
        return stored;
    }

    private static final class LastUsed extends LinkedHashMap<CustomerId, StoredCart> {

        private static final long serialVersionUID = 1;

        LastUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<CustomerId, StoredCart> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** @param answer the id of the version, then product and quantity of each line in turn; nothing for an empty cart */
    private StoredCart read(CustomerId owner, List<?> answer) {
        Iterator<?> stored = answer.iterator();
        if (!stored.hasNext()) {
            return StoredCart.empty(owner);
        }
        String id = String.valueOf(stored.next());
        return stored(new Cart(owner, content(owner, stored)), id);
    }

    private TreeMap<ProductId, Quantity> content(CustomerId owner, Iterator<?> stored) {
        TreeMap<ProductId, Quantity> content = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        while (stored.hasNext()) {
            String product = String.valueOf(stored.next());
            String quantity = String.valueOf(stored.next());
            try {
                if (content.size() == LineItems.MAX_LINES) {
                    throw new IllegalArgumentException("One line too many");
                }
                content.put(ProductId.parse(product), Quantity.of(Integer.parseInt(quantity)));
            } catch (IllegalArgumentException e) {
                unreadable.add(product);
            }
        }
        if (!unreadable.isEmpty()) {
            // Only an edit by hand can do this. Left alone, it would keep its customer from ever changing the cart
            // again.
            LOG.warn("Dropping {} unreadable lines from a cart", unreadable.size());
            String key = Keys.cart(owner);
            redis.call("HDEL", jedis -> jedis.hdel(key, unreadable.toArray(String[]::new)));
        }
        return content;
    }

    @Override
    public Optional<StoredCart> replace(StoredCart expected, Cart next) {
        String fresh = ids.next();
        String id = next.equals(expected.cart()) ? id(expected.version()) : fresh;
        List<String> keys = List.of(Keys.cart(next.owner()), Keys.cartId(next.owner()));
        Object answer = replace(redis, keys, List.of("", ""), id, fresh, expected, next);
        if (answer instanceof List<?> other) {
            seen(read(next.owner(), other));
            return Optional.empty();
        }
        return Optional.of(seen(stored(next, id)));
    }

    /** Replaces the cart and notes what the version came to, both or neither, once for each version. */
    static boolean settle(
            Redis redis, VersionIds ids, CartVersion version, OrderId order, StoredCart expected, Cart next) {
        CustomerId owner = next.owner();
        List<String> keys = List.of(Keys.cart(owner), Keys.cartId(owner), Keys.orderOf(owner, version));
        String fresh = ids.next();
        List<String> note = List.of(Long.toString(RedisCheckoutAttempts.KEPT.toSeconds()), order.toString());
        return !(replace(redis, keys, note, fresh, fresh, expected, next) instanceof List<?>);
    }

    /**
     * @param id of the version that follows
     * @param fresh an id for what is there instead, where that has none
     * @return what is there instead, as a list, where that is not what was expected
     */
    private static Object replace(
            Redis redis,
            List<String> keys,
            List<String> note,
            String id,
            String fresh,
            StoredCart expected,
            Cart next) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(KEPT.toSeconds()));
        arguments.add(id(expected.version()));
        arguments.add(id);
        arguments.add(fresh);
        arguments.addAll(note);
        arguments.addAll(Script.arguments(expected.cart()));
        arguments.addAll(Script.arguments(next));
        return REPLACE.run(redis, keys, arguments);
    }

    private static StoredCart stored(Cart cart, String id) {
        String content = Fingerprint.of(cart.lines().toString()).sha256().substring(0, CONTENT_DIGITS);
        return cart.isEmpty()
                ? StoredCart.empty(cart.owner())
                : new StoredCart(cart, new CartVersion(id + SEPARATOR + content));
    }

    private static String id(CartVersion version) {
        String value = version.value();
        int end = value.indexOf(SEPARATOR);
        return end < 0 ? value : value.substring(0, end);
    }
}
