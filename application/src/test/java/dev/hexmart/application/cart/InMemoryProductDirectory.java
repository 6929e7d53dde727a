package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A catalog that offers what it is told to offer. */
public final class InMemoryProductDirectory implements ProductDirectory {

    private final Map<ProductId, Currency> offered = new HashMap<>();
    private Optional<Credential> lastCredential = Optional.empty();
    private boolean broken;

    public void offer(ProductId product) {
        offer(product, Currency.of("EUR"));
    }

    public void offer(ProductId product, Currency currency) {
        offered.put(product, currency);
    }

    public void withdraw(ProductId product) {
        offered.remove(product);
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
    public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
        lastCredential = Optional.of(customer);
        if (broken) {
            throw new TemporaryFailure("The catalog does not answer");
        }
        return products.stream()
                .filter(offered::containsKey)
                .collect(Collectors.toUnmodifiableMap(product -> product, offered::get));
    }
}
