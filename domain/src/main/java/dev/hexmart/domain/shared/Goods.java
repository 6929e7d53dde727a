package dev.hexmart.domain.shared;

/** Where the goods of a refunded order are. */
public enum Goods {
    /** Back: they can be sold again. */
    RETURNED,
    /** Still with the customer, or lost: they stay sold. */
    OUTSTANDING
}
