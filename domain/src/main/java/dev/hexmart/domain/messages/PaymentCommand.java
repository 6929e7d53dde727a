package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;

/** A command of the ordering context to the payment context. */
public sealed interface PaymentCommand extends Message {

    /** Take the money; answered by {@code PaymentCaptured} or {@code PaymentDeclined}, after however long. */
    record CapturePayment(OrderId order, CustomerId customer, Money amount, PaymentMethod method)
            implements PaymentCommand {}

    /** Refund every earlier or later capture of the order; answered by {@code PaymentRefunded} if there was one. */
    record RefundPayment(OrderId order) implements PaymentCommand {}
}
