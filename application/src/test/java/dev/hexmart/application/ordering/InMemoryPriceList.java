package dev.hexmart.application.ordering;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A catalog that says what it is told to say. */
public final class InMemoryPriceList implements PriceList {

    private final Map<ProductId, Offer> offers = new ConcurrentHashMap<>();
    private volatile Optional<Credential> lastCredential = Optional.empty();
    private volatile boolean broken;

    public void offer(ProductId product, Offer offer) {
        offers.put(product, offer);
    }

    public void withdraw(ProductId product) {
        offers.remove(product);
    }

    /** From now on requests time out. */
    public void breakDown() {
        broken = true;
    }

    /** On whose behalf it was asked last. */
    public Optional<Credential> lastCredential() {
        return lastCredential;
    }

    @Override
    public Map<ProductId, Offer> offers(Collection<ProductId> products, Credential customer) {
        lastCredential = Optional.of(customer);
        if (broken) {
            throw new TemporaryFailure("The catalog does not answer");
        }
        return offers.entrySet().stream()
                .filter(offer -> products.contains(offer.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
