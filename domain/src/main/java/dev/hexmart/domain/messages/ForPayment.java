package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;

/** What the ordering context asks of the payment context. */
public sealed interface ForPayment extends Message {

    /** Take the money; answered by {@code PaymentCaptured} or {@code PaymentDeclined}, after however long. */
    record CapturePayment(OrderId order, CustomerId customer, Money amount, PaymentMethod method)
            implements ForPayment {}

    /** Undo whatever was or will be captured for the order; answered by {@code PaymentRefunded} if there was anything. */
    record RefundPayment(OrderId order) implements ForPayment {}
}
