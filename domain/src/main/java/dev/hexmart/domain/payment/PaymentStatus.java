package dev.hexmart.domain.payment;

/** Where a payment stands, as its customer is told. */
public enum PaymentStatus {
    PENDING,
    PAID,
    DECLINED,
    REFUNDING,
    REFUNDED,
    VOIDED
}
