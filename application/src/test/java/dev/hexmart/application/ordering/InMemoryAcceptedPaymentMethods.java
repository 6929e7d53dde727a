package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.Optional;
import java.util.Set;

/** Means of payment that a test decides on; never known before it does. */
public final class InMemoryAcceptedPaymentMethods implements AcceptedPaymentMethods {

    private volatile Optional<Set<PaymentMethod>> accepted = Optional.empty();
    private volatile Optional<Credential> lastCredential = Optional.empty();

    public static InMemoryAcceptedPaymentMethods of(PaymentMethod... methods) {
        InMemoryAcceptedPaymentMethods accepted = new InMemoryAcceptedPaymentMethods();
        accepted.accept(methods);
        return accepted;
    }

    public void accept(PaymentMethod... methods) {
        accepted = Optional.of(Set.of(methods));
    }

    /** On whose behalf it was asked last. */
    public Optional<Credential> lastCredential() {
        return lastCredential;
    }

    @Override
    public Optional<Set<PaymentMethod>> find(Credential customer) {
        lastCredential = Optional.of(customer);
        return accepted;
    }
}
