package dev.hexmart.application.cart;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckoutAttempts.CheckoutAttempt;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Use case: buy what is in the cart.
 *
 * <p>The lines and the version that they stand for are frozen under the customer's idempotency key before the order is
 * placed, and taken out of the cart once it is. A process that dies anywhere between leaves an attempt that, made again, ends
 * the same way. Where orders are kept it is decided that a version is ordered once.
 */
public final class CheckOutCart {

    private static final int ATTEMPTS = 50;

    private final CartRepository carts;
    private final CheckoutAttempts attempts;
    private final OrderPlacement orders;

    public CheckOutCart(CartRepository carts, CheckoutAttempts attempts, OrderPlacement orders) {
        this.carts = carts;
        this.attempts = attempts;
        this.orders = orders;
    }

    public Outcome checkOut(Command command, Credential credential) {
        StoredCart cart = carts.find(command.customer());
        CheckoutAttempt mine = new CheckoutAttempt(
                command.customer(),
                command.key(),
                command.fingerprint(),
                cart.version(),
                cart.cart().lines());
        CheckoutAttempt stored = attempts.begin(mine);
        if (!stored.request().equals(command.fingerprint())) {
            return new Placement.OtherRequest();
        }
        if (!command.isFor(stored.version())) {
            attempts.abandon(stored);
            return earlierOrder(command)
                    .<Outcome>map(Placement.AlreadyOrdered::new)
                    .orElseGet(Outcome.CartChanged::new);
        }
        if (stored.lines().isEmpty()) {
            attempts.abandon(stored);
            return new Outcome.EmptyCart();
        }
        OrderPlacement.PlacementRequest request = new OrderPlacement.PlacementRequest(
                command.key(), stored.version(), stored.lines(), command.method(), command.expectedTotal());
        Placement answer = orders.place(request, credential);
        switch (answer) {
            case Placement.Accepted placed -> settle(stored, placed.order());
            // Also where the other attempt has died before it could take the lines out.
            case Placement.AlreadyOrdered(OrderId order) -> settle(stored, order);
            case Placement.PriceChanged _,
                    Placement.UnknownProducts _,
                    Placement.NotEnoughStock _,
                    Placement.TooManyUnpaid _,
                    Placement.Refused _ -> attempts.abandon(stored);
            case Placement.InFlight _, Placement.OtherRequest _ -> {}
        }
        return answer;
    }

    /** Removes the bought lines from the cart, once, under any concurrent changes. */
    private void settle(CheckoutAttempt attempt, OrderId order) {
        for (int i = 0; i < ATTEMPTS; i++) {
            StoredCart cart = carts.find(attempt.customer());
            if (attempts.settle(attempt, order, cart, cart.cart().minus(attempt.lines()))) {
                return;
            }
        }
        throw new TemporaryFailure("The order is placed, but the cart is being changed from elsewhere all the time");
    }

    /** What the version that the customer has seen came to, where it is in the cart no longer because it was bought. */
    private Optional<OrderId> earlierOrder(Command command) {
        return command.versions().stream()
                .flatMap(version -> attempts.orderOf(command.customer(), version).stream())
                .findFirst();
    }

    /**
     * What the customer wants.
     *
     * @param versions of the cart that the customer agrees to buy; empty for whichever it has
     */
    public record Command(
            CustomerId customer,
            IdempotencyKey key,
            Set<CartVersion> versions,
            Optional<PaymentMethod> method,
            Optional<Money> expectedTotal) {

        public Command {
            versions = Set.copyOf(versions);
        }

        private boolean isFor(CartVersion version) {
            return versions.isEmpty() || versions.contains(version);
        }

        Fingerprint fingerprint() {
            String seen = versions.stream().map(CartVersion::value).sorted().collect(Collectors.joining(","));
            return Fingerprint.of("method=" + method.map(PaymentMethod::token).orElse("") + "\ntotal="
                    + expectedTotal.map(Money::toString).orElse("") + "\nversions=" + seen);
        }
    }

    /** What came of it: the answer to the order, or why none was placed. */
    public sealed interface Outcome permits Placement, Outcome.EmptyCart, Outcome.CartChanged {

        record EmptyCart() implements Outcome {}

        /** The cart is none of the versions that the customer has seen. */
        record CartChanged() implements Outcome {}
    }
}
