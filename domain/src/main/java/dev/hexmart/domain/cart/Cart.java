package dev.hexmart.domain.cart;

import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A customer's cart: at most {@link LineItems#MAX_LINES} products, of each at most {@link Quantity#MAX} pieces.
 *
 * <p>It knows no price: what a product costs is asked when it is bought. Two carts with the same content are equal,
 * which is all the versioning that a cart needs.
 */
public record Cart(CustomerId owner, SortedMap<ProductId, Quantity> content) {

    public Cart {
        if (content.size() > LineItems.MAX_LINES) {
            throw new IllegalArgumentException("A cart holds at most " + LineItems.MAX_LINES + " products");
        }
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    }

    public static Cart empty(CustomerId owner) {
        return new Cart(owner, new TreeMap<>());
    }

    public boolean isEmpty() {
        return content.isEmpty();
    }

    /** The lines, ordered by product. */
    public List<LineItem> lines() {
        return content.entrySet().stream()
                .map(entry -> new LineItem(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Puts more pieces of a product into the cart. */
    public Change add(LineItem line) {
        int already = content.containsKey(line.product())
                ? content.get(line.product()).value()
                : 0;
        int wanted = already + line.quantity().value();
        return wanted > Quantity.MAX ? new Change.TooManyPieces(already) : set(line.product(), Quantity.of(wanted));
    }

    /** Sets the quantity of a product; adds the line if it is missing. */
    public Change set(ProductId product, Quantity quantity) {
        if (!content.containsKey(product) && content.size() == LineItems.MAX_LINES) {
            return new Change.TooManyProducts();
        }
        TreeMap<ProductId, Quantity> next = new TreeMap<>(content);
        next.put(product, quantity);
        return new Change.Changed(new Cart(owner, next));
    }

    public Cart without(ProductId product) {
        TreeMap<ProductId, Quantity> next = new TreeMap<>(content);
        next.remove(product);
        return new Cart(owner, next);
    }

    /** The cart without the bought lines; pieces added meanwhile stay. */
    public Cart minus(List<LineItem> bought) {
        TreeMap<ProductId, Quantity> next = new TreeMap<>(content);
        for (LineItem line : bought) {
            Quantity there = next.remove(line.product());
            if (there != null && there.compareTo(line.quantity()) > 0) {
                next.put(
                        line.product(),
                        Quantity.of(there.value() - line.quantity().value()));
            }
        }
        return new Cart(owner, next);
    }

    /** The result of a change of a cart. */
    public sealed interface Change {

        record Changed(Cart cart) implements Change {}

        /** @param already how many pieces of the product are in the cart */
        record TooManyPieces(int already) implements Change {}

        record TooManyProducts() implements Change {}
    }
}
