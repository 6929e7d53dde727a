package dev.hexmart.adapter.web;

import dev.hexmart.adapter.httpclient.PaymentMethodsReader;
import dev.hexmart.adapter.storefront.PaymentChoice;
import dev.hexmart.application.identity.Credential;
import java.util.List;
import java.util.stream.Stream;

/** The payment provider's methods as the pages show them. */
public final class PaymentMethods {

    private final PaymentMethodsReader offers;

    public PaymentMethods(PaymentMethodsReader offers) {
        this.offers = offers;
    }

    /** For an order that is paid now, the default first; empty where the methods are not known. */
    List<PaymentChoice> now(Credential credential) {
        return offers.list(credential).stream()
                .map(offer -> new PaymentChoice(offer.method().token(), offer.name(), offer.explanation()))
                .toList();
    }

    /** For an order that is placed, which may be paid later. */
    List<PaymentChoice> atCheckout(Credential credential) {
        return Stream.concat(now(credential).stream(), Stream.of(PaymentChoice.LATER))
                .toList();
    }

    /** What people call the method; its token where it is not known. */
    String nameOf(String method, Credential credential) {
        return now(credential).stream()
                .filter(choice -> choice.method().equals(method))
                .map(PaymentChoice::name)
                .findFirst()
                .orElse(method);
    }
}
