package dev.hexmart.domain.shared;

/** How many pieces of one product a customer wants: 1 to {@link #MAX}. */
public record Quantity(int value) implements Comparable<Quantity> {

    public static final int MAX = 99;

    public Quantity {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("A quantity is a whole number from 1 to " + MAX + ", not " + value);
        }
    }

    public static Quantity of(int value) {
        return new Quantity(value);
    }

    @Override
    public int compareTo(Quantity other) {
        return Integer.compare(value, other.value);
    }
}
