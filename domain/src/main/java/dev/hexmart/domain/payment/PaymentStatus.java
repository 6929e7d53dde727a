package dev.hexmart.domain.payment;

/** The status of a payment, as clients see it. */
public enum PaymentStatus {
    PENDING,
    PAID,
    DECLINED,
    REFUNDING,
    REFUNDED,
    VOIDED
}
