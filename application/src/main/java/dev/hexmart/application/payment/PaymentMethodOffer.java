package dev.hexmart.application.payment;

import dev.hexmart.domain.shared.PaymentMethod;

/**
 * A means of payment, as it is offered to customers.
 *
 * @param name what people call it
 * @param explanation what happens when they choose it, in a sentence or two
 */
public record PaymentMethodOffer(PaymentMethod method, String name, String explanation) {
    public PaymentMethodOffer {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A means of payment needs a name");
        }
    }
}
