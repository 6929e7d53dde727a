package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A catalog that offers what it is told to offer. */
public final class InMemoryProductDirectory implements ProductDirectory {

    private final Set<ProductId> offered = new HashSet<>();
    private Optional<Credential> lastCredential = Optional.empty();
    private boolean broken;

    public void offer(ProductId product) {
        offered.add(product);
    }

    /** From now on nobody answers. */
    public void breakDown() {
        broken = true;
    }

    /** On whose behalf it was asked last. */
    public Optional<Credential> lastCredential() {
        return lastCredential;
    }

    @Override
    public boolean offers(ProductId product, Credential customer) {
        lastCredential = Optional.of(customer);
        if (broken) {
            throw new TemporaryFailure("The catalog does not answer");
        }
        return offered.contains(product);
    }
}
