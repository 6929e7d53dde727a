package dev.hexmart.application.payment;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.PaymentMethod;

/** Charges for tests; each is for an order and a customer of its own. */
public final class Charges {

    public static final PaymentMethod CARD = new PaymentMethod("card-ok");

    private Charges() {}

    public static Charge ofAKettle() {
        return ofAKettle(CARD);
    }

    /** 19.99 EUR. */
    public static Charge ofAKettle(PaymentMethod method) {
        return new Charge(Purchases.newOrder(), Callers.somebody(), Money.of(1999, "EUR"), method);
    }
}
