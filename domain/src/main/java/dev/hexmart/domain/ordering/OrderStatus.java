package dev.hexmart.domain.ordering;

/** The status of an order, as clients see it. */
public enum OrderStatus {
    PENDING,
    RESERVED,
    PAID,
    CANCELLED,
    REFUNDED
}
