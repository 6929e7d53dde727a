package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another directory's answers, kept as long as they may be; what is not on offer is asked again each time.
 *
 * <p>Which products there are is the same for every customer who may ask.
 */
public final class KnownProducts implements ProductDirectory {

    private static final int MOST = 10_000;

    private final ProductDirectory directory;
    private final InstantSource clock;
    private final Map<ProductId, Known> known = Collections.synchronizedMap(new LastUsed());

    private record Known(Currency currency, Instant until) {}

    public KnownProducts(ProductDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
        Instant now = clock.instant();
        Map<ProductId, Currency> found = new HashMap<>();
        List<ProductId> unknown = new ArrayList<>();
        for (ProductId product : products) {
            Known entry = known.get(product);
            if (entry != null && now.isBefore(entry.until())) {
                found.put(product, entry.currency());
            } else {
                unknown.add(product);
            }
        }
        if (!unknown.isEmpty()) {
            directory.currencies(unknown, customer).forEach((product, currency) -> {
                known.put(product, new Known(currency, now.plus(MAX_AGE)));
                found.put(product, currency);
            });
        }
        return Map.copyOf(found);
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
