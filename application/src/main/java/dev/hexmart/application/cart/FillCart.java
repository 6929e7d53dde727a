package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.cart.Cart.Change;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Use case: look at one's cart, put something in, take something out. */
public final class FillCart {

    /** Only the customer's own tabs contend for a cart; who loses this often has met something else than another tab. */
    private static final int ATTEMPTS = 50;

    private final CartRepository carts;
    private final ProductDirectory products;

    public FillCart(CartRepository carts, ProductDirectory products) {
        this.carts = carts;
        this.products = products;
    }

    public Cart view(CustomerId customer) {
        return carts.find(customer);
    }

    /** Adds pieces to whatever is there. */
    public Outcome add(CustomerId customer, LineItem line, Credential credential) {
        return offered(line.product(), credential)
                ? change(customer, cart -> cart.add(line))
                : new Outcome.UnknownProduct();
    }

    /** Says how many pieces there shall be. */
    public Outcome set(CustomerId customer, ProductId product, Quantity quantity, Credential credential) {
        boolean known = carts.find(customer).content().containsKey(product) || offered(product, credential);
        return known ? change(customer, cart -> cart.set(product, quantity)) : new Outcome.UnknownProduct();
    }

    public Cart remove(CustomerId customer, ProductId product) {
        return replace(customer, cart -> cart.without(product));
    }

    public void clear(CustomerId customer) {
        replace(customer, _ -> Cart.empty(customer));
    }

    /** While the catalog is away a cart can be filled all the same: the checkout finds out what is on offer. */
    private boolean offered(ProductId product, Credential credential) {
        try {
            return products.offers(product, credential);
        } catch (TemporaryFailure _) {
            return true;
        }
    }

    private Outcome change(CustomerId customer, Function<Cart, Change> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Cart before = carts.find(customer);
            switch (change.apply(before)) {
                case Change.Changed(Cart next)
                when carts.replace(before, next) -> {
                    return new Outcome.Changed(next);
                }
                case Change.Changed _ -> {}
                case Change.TooManyPieces(int already) -> {
                    return new Outcome.TooManyPieces(already);
                }
                case Change.TooManyProducts _ -> {
                    return new Outcome.TooManyProducts();
                }
            }
        }
        throw contended();
    }

    private Cart replace(CustomerId customer, UnaryOperator<Cart> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Cart before = carts.find(customer);
            Cart next = change.apply(before);
            if (carts.replace(before, next)) {
                return next;
            }
        }
        throw contended();
    }

    private static TemporaryFailure contended() {
        return new TemporaryFailure("The cart is being changed from elsewhere all the time");
    }

    /** What came of the wish to put something in. */
    public sealed interface Outcome {

        record Changed(Cart cart) implements Outcome {}

        record TooManyPieces(int already) implements Outcome {}

        record TooManyProducts() implements Outcome {}

        record UnknownProduct() implements Outcome {}
    }
}
