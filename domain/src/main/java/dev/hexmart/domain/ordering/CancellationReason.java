package dev.hexmart.domain.ordering;

/** Why an order came to nothing. */
public enum CancellationReason {
    SOLD_OUT,
    PAYMENT_DECLINED,
    EXPIRED,
    /** By the customer. Orders from before {@link #BY_SHOP} may have this for either. */
    ON_REQUEST,
    /** The shop cancelled a customer's order. */
    BY_SHOP,
    /** Money came for an order whose stock was never promised; it is given back. */
    PAID_TOO_EARLY
}
