package dev.hexmart.domain.shared;

import java.util.UUID;

/** Names an order, and with it its reservation and its payment. */
public record OrderId(UUID value) implements Comparable<OrderId> {

    /** Reads the canonical form; anything else is an {@link IllegalArgumentException}. */
    public static OrderId parse(String text) {
        return new OrderId(CanonicalUuid.parse(text));
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
