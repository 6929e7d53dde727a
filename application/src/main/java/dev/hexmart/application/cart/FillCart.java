package dev.hexmart.application.cart;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.cart.Cart.Change;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Use case: look at one's cart, put something in, take something out.
 *
 * <p>A change may name the versions that the customer has seen; a cart that is none of them is not changed. Where it names
 * none, the cart is changed as it is.
 */
public final class FillCart {

    /** Only the customer's own tabs contend for a cart; after so many conflicts the cause is another one. */
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

    /** Adds pieces to the line of the product. */
    public Outcome add(CustomerId customer, Set<CartVersion> seen, LineItem line, Credential credential) {
        return change(customer, seen, cart -> proposal(cart, line.product(), true, it -> it.add(line), credential));
    }

    /** Sets the quantity. */
    public Outcome set(
            CustomerId customer, Set<CartVersion> seen, ProductId product, Quantity quantity, Credential credential) {
        return change(
                customer, seen, cart -> proposal(cart, product, false, it -> it.set(product, quantity), credential));
    }

    /** @return the cart as it is then; nothing where it is none of the versions */
    public Optional<StoredCart> remove(CustomerId customer, Set<CartVersion> seen, ProductId product) {
        return stored(change(customer, seen, cart -> new Proposal.Accepted(cart.without(product))));
    }

    /** @return the empty cart; nothing where it is none of the versions */
    public Optional<StoredCart> clear(CustomerId customer, Set<CartVersion> seen) {
        return stored(change(customer, seen, _ -> new Proposal.Accepted(Cart.empty(customer))));
    }

    /**
     * Why the product cannot be put in, if so. While the catalog is away a cart can be filled all the same: the checkout finds
     * out what is on offer, and in which currencies.
     */
    private Optional<Outcome> refusal(Cart cart, ProductId product, Credential credential) {
        boolean isIn = cart.content().containsKey(product);
        Set<ProductId> asked = Stream.concat(
                        Stream.of(product), isIn ? Stream.empty() : cart.content().keySet().stream())
                .limit(ProductDirectory.MAX_PRODUCTS)
                .collect(Collectors.toUnmodifiableSet());
        Map<ProductId, Currency> currencies;
        try {
            currencies = products.currencies(asked, credential);
        } catch (TemporaryFailure _) {
            return Optional.empty();
        }
        Currency own = currencies.get(product);
        if (own == null) {
            return Optional.of(new Outcome.UnknownProduct());
        }
        return currencies.values().stream()
                .filter(other -> !other.equals(own))
                .min(Comparator.naturalOrder())
                .map(other -> new Outcome.OtherCurrency(own, other));
    }

    private Outcome change(CustomerId customer, Set<CartVersion> seen, Function<Cart, Proposal> change) {
        // Most carts are as they were left here: then one question to their store is enough.
        StoredCart before = carts.recall(customer);
        boolean certain = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Proposal proposal = isUnseen(before, seen)
                    ? new Proposal.Rejected(new Outcome.CartChanged())
                    : change.apply(before.cart());
            switch (proposal) {
                case Proposal.Accepted(Cart next) -> {
                    Optional<StoredCart> stored = carts.replace(before, next);
                    if (stored.isPresent()) {
                        return new Outcome.Changed(stored.get());
                    }
                    before = carts.recall(customer);
                    certain = false;
                }
                case Proposal.Rejected(Outcome why) -> {
                    if (certain) {
                        return why;
                    }
                    before = carts.find(customer);
                    certain = true;
                }
            }
        }
        throw new TemporaryFailure("The cart is being changed from elsewhere all the time");
    }

    /** The result of a change of this cart. */
    private sealed interface Proposal {

        record Accepted(Cart next) implements Proposal {}

        record Rejected(Outcome why) implements Proposal {}
    }

    /** @param always whether the catalog is asked also about a product that is in the cart already */
    private Proposal proposal(
            Cart cart, ProductId product, boolean always, Function<Cart, Change> change, Credential credential) {
        if (always || !cart.content().containsKey(product)) {
            Optional<Outcome> refusal = refusal(cart, product, credential);
            if (refusal.isPresent()) {
                return new Proposal.Rejected(refusal.get());
            }
        }
        return switch (change.apply(cart)) {
            case Change.Changed(Cart next) -> new Proposal.Accepted(next);
            case Change.TooManyPieces(int already) -> new Proposal.Rejected(new Outcome.TooManyPieces(already));
            case Change.TooManyProducts _ -> new Proposal.Rejected(new Outcome.TooManyProducts());
        };
    }

    private static Optional<StoredCart> stored(Outcome outcome) {
        return outcome instanceof Outcome.Changed(StoredCart cart) ? Optional.of(cart) : Optional.empty();
    }

    private static boolean isUnseen(StoredCart cart, Set<CartVersion> seen) {
        return !seen.isEmpty() && !seen.contains(cart.version());
    }

    public sealed interface Outcome {

        record Changed(StoredCart cart) implements Outcome {}

        /** The cart is none of the versions that the customer has seen. */
        record CartChanged() implements Outcome {}

        record TooManyPieces(int already) implements Outcome {}

        record TooManyProducts() implements Outcome {}

        record UnknownProduct() implements Outcome {}

        /** @param product the currency of the product @param cart that of what is in the cart, or one of those */
        record OtherCurrency(Currency product, Currency cart) implements Outcome {}
    }
}
