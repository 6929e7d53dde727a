package dev.hexmart.domain.shared;

/** So many pieces of one product. */
public record LineItem(ProductId product, Quantity quantity) {}
