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

    /** The attempt after this one, by another means of payment. */
    public static Charge next(Charge charge, PaymentMethod method) {
        return new Charge(charge.order(), charge.attempt() + 1, charge.customer(), charge.amount(), method);
    }

    /** 19.99 EUR. */
    public static Charge of(Money amount) {
        return new Charge(Purchases.newOrder(), 1, Callers.newCustomerId(), amount, CARD);
    }

    public static Charge ofAKettle(PaymentMethod method) {
        return Charge.first(Purchases.newOrder(), Callers.newCustomerId(), Money.of(1999, "EUR"), method);
    }
}
