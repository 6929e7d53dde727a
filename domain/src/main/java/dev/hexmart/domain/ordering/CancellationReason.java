package dev.hexmart.domain.ordering;

/** Why an order came to nothing. */
public enum CancellationReason {
    SOLD_OUT,
    PAYMENT_DECLINED,
    EXPIRED,
    ON_REQUEST,
    /** Money came for an order whose stock was never promised; it is given back. */
    PAID_TOO_EARLY
}
