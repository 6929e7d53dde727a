package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Product;

/** A product as it is listed: with the number of pieces that can be sold now. */
public record ListedProduct(Product product, int available) {}
