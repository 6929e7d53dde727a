package dev.hexmart.domain.shared;

import java.util.UUID;

/** Names a product. */
public record ProductId(UUID value) implements Comparable<ProductId> {

    /** Reads the canonical form; anything else is an {@link IllegalArgumentException}. */
    public static ProductId parse(String text) {
        return new ProductId(CanonicalUuid.parse(text));
    }

    @Override
    public int compareTo(ProductId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
