package dev.hexmart.adapter.storefront;

/** A means of payment, as it is offered to people. @param method its name in the API; empty for none yet */
public record PaymentChoice(String method, String name, String explanation) {

    /** Leaves it open at the checkout. */
    public static final PaymentChoice LATER =
            new PaymentChoice("", "Pay later", "The order is reserved for a quarter of an hour; pay on its page.");
}
