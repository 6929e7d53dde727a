package dev.hexmart.domain.shared;

/** A line that cannot be filled: of a product there are fewer pieces than are wanted. */
public record Shortage(ProductId product, String name, int wanted, int available) {

    public Shortage {
        if (available < 0 || wanted < 0) {
            throw new IllegalArgumentException("Pieces are counted from 0");
        }
    }
}
