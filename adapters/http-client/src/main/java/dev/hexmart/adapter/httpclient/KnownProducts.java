package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Another directory's answers, kept as long as they may be; what is not on offer is asked again each time.
 *
 * <p>Which products there are is the same for every customer who may ask.
 */
public final class KnownProducts implements ProductDirectory {

    /** Early enough for an answer before the one that is known is too old. */
    static final Duration RENEWAL = MAX_AGE.minusSeconds(2);

    private static final int MOST = 10_000;

    private final ProductDirectory directory;
    private final InstantSource clock;
    private final Map<ProductId, Known> known = Collections.synchronizedMap(new LastUsed());

    /** About which products a request is asking just now. */
    private final Map<ProductId, CompletableFuture<Void>> asking = new ConcurrentHashMap<>();

    /** @param renewal when one request asks again, while the others go on with this answer */
    private record Known(Currency currency, Instant renewal, Instant until) {

        static Known at(Instant now, Currency currency) {
            return new Known(currency, now.plus(RENEWAL), now.plus(MAX_AGE));
        }

        Known beingRenewed() {
            return new Known(currency, until, until);
        }
    }

    public KnownProducts(ProductDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
        Instant now = clock.instant();
        Map<ProductId, Currency> found = new HashMap<>();
        List<ProductId> due = new ArrayList<>();
        List<ProductId> unknown = new ArrayList<>();
        for (ProductId product : products) {
            Known entry = known.get(product);
            if (entry == null || !now.isBefore(entry.until())) {
                unknown.add(product);
            } else {
                found.put(product, entry.currency());
                if (!now.isBefore(entry.renewal()) && known.replace(product, entry, entry.beingRenewed())) {
                    due.add(product);
                }
            }
        }
        if (!unknown.isEmpty()) {
            found.putAll(learn(unknown, customer, now));
        }
        if (!due.isEmpty()) {
            renew(due, found, customer, now);
        }
        return Map.copyOf(found);
    }

    /** Asks about products that no other request is asking about, and waits for the others' answers. */
    private Map<ProductId, Currency> learn(List<ProductId> unknown, Credential customer, Instant now) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        Map<ProductId, CompletableFuture<Void>> others = new HashMap<>();
        List<ProductId> own = new ArrayList<>();
        for (ProductId product : unknown) {
            CompletableFuture<Void> other = asking.putIfAbsent(product, answered);
            if (other == null) {
                own.add(product);
            } else {
                others.put(product, other);
            }
        }
        Map<ProductId, Currency> found = new HashMap<>();
        try {
            found.putAll(ask(own, customer, now));
        } finally {
            own.forEach(asking::remove);
            answered.complete(null);
        }
        others.values().forEach(CompletableFuture::join);
        List<ProductId> left = new ArrayList<>();
        others.keySet().forEach(product -> {
            Known entry = known.get(product);
            if (entry != null && now.isBefore(entry.until())) {
                found.put(product, entry.currency());
            } else {
                left.add(product);
            }
        });
        found.putAll(ask(left, customer, now));
        return found;
    }

    private void renew(List<ProductId> due, Map<ProductId, Currency> found, Credential customer, Instant now) {
        try {
            Map<ProductId, Currency> current = ask(due, customer, now);
            due.stream().filter(product -> !current.containsKey(product)).forEach(product -> {
                known.remove(product);
                found.remove(product);
            });
            found.putAll(current);
        } catch (TemporaryFailure _) {
            // What is known stands until it is too old.
        }
    }

    private Map<ProductId, Currency> ask(List<ProductId> products, Credential customer, Instant now) {
        if (products.isEmpty()) {
            return Map.of();
        }
        Map<ProductId, Currency> current = directory.currencies(products, customer);
        current.forEach((product, currency) -> known.put(product, Known.at(now, currency)));
        return current;
    }

    private static final class LastUsed extends LinkedHashMap<ProductId, Known> {

        private static final long serialVersionUID = 1;

        LastUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProductId, Known> eldest) {
            return size() > MOST;
        }
    }
}
