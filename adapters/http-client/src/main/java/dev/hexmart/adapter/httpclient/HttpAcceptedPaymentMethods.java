package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.AcceptedPaymentMethods;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the payments service offers is what the shop takes. */
public final class HttpAcceptedPaymentMethods implements AcceptedPaymentMethods {

    private final PaymentMethodsReader offers;

    public HttpAcceptedPaymentMethods(PaymentMethodsReader offers) {
        this.offers = offers;
    }

    @Override
    public Optional<Set<PaymentMethod>> find(Credential customer) {
        Set<PaymentMethod> methods =
                offers.list(customer).stream().map(PaymentMethodOffer::method).collect(Collectors.toUnmodifiableSet());
        return Optional.of(methods).filter(known -> !known.isEmpty());
    }
}
