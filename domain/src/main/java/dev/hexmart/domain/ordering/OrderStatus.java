package dev.hexmart.domain.ordering;

/** Where an order stands, as its customer is told. */
public enum OrderStatus {
    PENDING,
    RESERVED,
    PAID,
    CANCELLED,
    REFUNDED
}
