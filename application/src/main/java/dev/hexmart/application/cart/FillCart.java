package dev.hexmart.application.cart;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.cart.Cart.Change;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.Optional;
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

    public StoredCart view(CustomerId customer) {
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
        boolean known = carts.find(customer).cart().content().containsKey(product) || offered(product, credential);
        return known ? change(customer, cart -> cart.set(product, quantity)) : new Outcome.UnknownProduct();
    }

    public StoredCart remove(CustomerId customer, ProductId product) {
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
            StoredCart before = carts.find(customer);
            switch (change.apply(before.cart())) {
                case Change.Changed(Cart next) -> {
                    Optional<StoredCart> stored = carts.replace(before, next);
                    if (stored.isPresent()) {
                        return new Outcome.Changed(stored.get());
                    }
                }
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

    private StoredCart replace(CustomerId customer, UnaryOperator<Cart> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredCart before = carts.find(customer);
            Optional<StoredCart> stored = carts.replace(before, change.apply(before.cart()));
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        throw contended();
    }

    private static TemporaryFailure contended() {
        return new TemporaryFailure("The cart is being changed from elsewhere all the time");
    }

    /** What came of the wish to put something in. */
    public sealed interface Outcome {

        record Changed(StoredCart cart) implements Outcome {}

        record TooManyPieces(int already) implements Outcome {}

        record TooManyProducts() implements Outcome {}

        record UnknownProduct() implements Outcome {}
    }
}
