package dev.hexmart.application.ordering;

import static java.util.Objects.requireNonNull;

import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys.Claim;
import dev.hexmart.application.idempotency.IdempotencyKeys.Look;
import dev.hexmart.application.idempotency.OperationKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Use case: place an order at the catalog's prices.
 *
 * <p>Order, first message, idempotency key and the cart's version are one transaction. The catalog is asked before it, because no
 * transaction waits for another service.
 */
public final class PlaceOrder {

    private static final String OPERATION = "place-order";

    private final Transactor<? extends OrderingStore> transactor;
    private final PriceList prices;
    private final AcceptedPaymentMethods methods;
    private final Terms terms;
    private final Supplier<OrderId> ids;
    private final InstantSource clock;

    public PlaceOrder(
            Transactor<? extends OrderingStore> transactor,
            PriceList prices,
            AcceptedPaymentMethods methods,
            Terms terms,
            Supplier<OrderId> ids,
            InstantSource clock) {
        this.transactor = transactor;
        this.prices = prices;
        this.methods = methods;
        this.terms = terms;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What the shop agrees to.
     *
     * @param timeToPay how long stock is held for an order that is not paid
     * @param methods the means of payment that it takes, where they are not those of the payment provider
     * @param unpaidOrders how many orders of one customer may hold stock and wait for that customer to pay
     */
    public record Terms(Duration timeToPay, Optional<Set<PaymentMethod>> methods, int unpaidOrders) {
        public Terms {
            methods = methods.map(Set::copyOf);
        }
    }

    /**
     * What the customer wants.
     *
     * @param cart the version of their cart that holds these lines; nothing where they come from no cart
     * @param expectedTotal what they have been told that it costs
     */
    public record Command(
            CustomerId customer,
            IdempotencyKey key,
            Optional<CartVersion> cart,
            List<LineItem> lines,
            Optional<PaymentMethod> method,
            Optional<Money> expectedTotal) {
        public Command {
            lines = LineItems.checked(lines);
        }

        private OperationKey operationKey() {
            return new OperationKey(customer, OPERATION, key);
        }

        /** The order of the lines means nothing, so it makes no difference. */
        private Fingerprint fingerprint() {
            String sorted = lines.stream()
                    .map(line -> line.product() + "×" + line.quantity().value())
                    .sorted()
                    .collect(Collectors.joining(","));
            return Fingerprint.of(
                    sorted + "\nmethod=" + method.map(PaymentMethod::token).orElse("") + "\ntotal="
                            + expectedTotal.map(Money::toString).orElse("")
                            + cart.map(version -> "\ncart=" + version).orElse(""));
        }
    }

    public Outcome place(Command command, Credential credential) {
        Optional<Outcome> earlier = transactor.reading(store -> earlierAnswer(store, command));
        return earlier.or(() -> refusedMethod(command, credential)).orElseGet(() -> priceAndPlace(command, credential));
    }

    /** Where it is not known which means of payment are taken, any is: the payment is declined then, and can be made by another. */
    private Optional<Outcome> refusedMethod(Command command, Credential credential) {
        return command.method()
                .flatMap(method -> terms.methods()
                        .or(() -> methods.find(credential))
                        .filter(accepted -> !accepted.contains(method))
                        .map(Outcome.UnknownMethod::new));
    }

    /**
     * Neither a replay nor an earlier order of the same cart depends on what the catalog or the payment provider offer today, so
     * both are looked for before they are asked.
     *
     * <p>The cart comes first: between two reads the first request may commit, and a request that sees its order must see its key.
     */
    private static Optional<Outcome> earlierAnswer(OrderingStore store, Command command) {
        Optional<Outcome> ordered = command.cart().flatMap(version -> ordered(store, command, version));
        return switch (store.idempotencyKeys().look(command.operationKey(), command.fingerprint())) {
            case Look.Unanswered _ -> ordered;
            case Look.Answered(String answer) -> Optional.of(replay(store, answer));
            case Look.OtherRequest _ -> Optional.of(new Outcome.OtherRequest());
        };
    }

    private Outcome priceAndPlace(Command command, Credential credential) {
        List<ProductId> products =
                command.lines().stream().map(LineItem::product).toList();
        Map<ProductId, Offer> offers = prices.offers(products, credential);
        List<ProductId> unknown = products.stream()
                .filter(product -> !offers.containsKey(product))
                .toList();
        if (!unknown.isEmpty()) {
            return new Outcome.UnknownProducts(unknown);
        }
        SortedSet<Currency> currencies = offers.values().stream()
                .map(offer -> offer.price().currency())
                .collect(Collectors.toCollection(TreeSet::new));
        if (currencies.size() > 1) {
            return new Outcome.MixedCurrencies(List.copyOf(currencies));
        }
        Instant now = clock.instant();
        List<OrderLine> lines = command.lines().stream()
                .map(line -> priced(line, requireNonNull(offers.get(line.product()))))
                .toList();
        Money total = Purchase.total(lines);
        if (total.amount() > Money.MAX_PAYABLE) {
            return new Outcome.TotalTooHigh(new Money(Money.MAX_PAYABLE, total.currency()));
        }
        Purchase purchase =
                new Purchase(ids.get(), command.customer(), lines, command.method(), now, now.plus(terms.timeToPay()));
        if (command.expectedTotal().isPresent()
                && !command.expectedTotal().get().equals(total)) {
            return new Outcome.PriceChanged(total);
        }
        List<Shortage> shortages = command.cart().isPresent() ? shortages(command.lines(), offers) : List.of();
        if (!shortages.isEmpty()) {
            // It may be an order of this very cart that has taken the last pieces meanwhile.
            Optional<Outcome> earlier = transactor.reading(store -> earlierAnswer(store, command));
            return earlier.orElseGet(() -> new Outcome.NotEnoughStock(shortages));
        }
        return transactor.inTransaction(store -> place(store, command, purchase, now));
    }

    /** A customer with a cart can change it; without one, the order is placed and the reservation decides. */
    private static List<Shortage> shortages(List<LineItem> lines, Map<ProductId, Offer> offers) {
        return lines.stream()
                .map(line -> shortage(line, requireNonNull(offers.get(line.product()))))
                .filter(shortage -> shortage.available() < shortage.wanted())
                .toList();
    }

    private static Shortage shortage(LineItem line, Offer offer) {
        return new Shortage(line.product(), offer.name(), line.quantity().value(), offer.available());
    }

    private static OrderLine priced(LineItem line, Offer offer) {
        return new OrderLine(line.product(), offer.name(), offer.price(), line.quantity());
    }

    private Outcome place(OrderingStore store, Command command, Purchase purchase, Instant now) {
        if (isOneTooMany(store, command)) {
            // One of those that are too many may be the order of this very request, sent twice.
            return earlierAnswer(store, command).orElseGet(() -> new Outcome.TooManyUnpaid(terms.unpaidOrders()));
        }
        Optional<Outcome> before = command.cart().flatMap(version -> ordered(store, command, version));
        if (before.isPresent()) {
            return earlierAnswer(store, command).orElseGet(before::get);
        }
        String answer = purchase.id().toString();
        return switch (store.idempotencyKeys().claim(command.operationKey(), command.fingerprint(), now, answer)) {
            case Claim.Granted _ -> {
                Transition.Moved placed = CheckoutProcess.place(purchase);
                store.orders().save(placed.order());
                command.cart()
                        .ifPresent(version -> store.orderedCarts().note(command.customer(), version, purchase.id()));
                store.outbox().append(placed.messages());
                yield new Outcome.Accepted(purchase.id(), purchase.total(), false);
            }
            case Claim.Answered(String first) -> replay(store, first);
            case Claim.InFlight _ -> new Outcome.InFlight();
            case Claim.OtherRequest _ -> new Outcome.OtherRequest();
        };
    }

    /** A cart whose order has been cancelled can be ordered again, should it still be there. */
    private static Optional<Outcome> ordered(OrderingStore store, Command command, CartVersion version) {
        return store.orderedCarts()
                .find(command.customer(), version)
                .flatMap(store.orders()::find)
                .filter(order -> !(order instanceof Order.Cancelled))
                .map(order -> new Outcome.AlreadyOrdered(order.id()));
    }

    private boolean isOneTooMany(OrderingStore store, Command command) {
        if (command.method().isEmpty()) {
            // With a means of payment it does not count for the next one, so that need not wait for it.
            store.orders().holdUnpaid(command.customer());
        }
        return store.orders().countUnpaid(command.customer()) >= terms.unpaidOrders();
    }

    private static Outcome replay(OrderingStore store, String answer) {
        Purchase purchase =
                store.orders().find(OrderId.parse(answer)).orElseThrow().purchase();
        return new Outcome.Accepted(purchase.id(), purchase.total(), true);
    }

    public sealed interface Outcome {

        /** @param replayed whether this is the answer to an earlier request under the same key */
        record Accepted(OrderId order, Money total, boolean replayed) implements Outcome {}

        record PriceChanged(Money actual) implements Outcome {}

        record UnknownProducts(List<ProductId> products) implements Outcome {
            public UnknownProducts {
                products = List.copyOf(products);
            }
        }

        record UnknownMethod(Set<PaymentMethod> accepted) implements Outcome {
            public UnknownMethod {
                accepted = Set.copyOf(accepted);
            }
        }

        /** @param currencies two or more, by code */
        record MixedCurrencies(List<Currency> currencies) implements Outcome {
            public MixedCurrencies {
                currencies = List.copyOf(currencies);
            }
        }

        /** The cart's lines that the catalog cannot fill. */
        record NotEnoughStock(List<Shortage> shortages) implements Outcome {
            public NotEnoughStock {
                shortages = List.copyOf(shortages);
            }
        }

        /** @param limit how many orders of one customer may wait to be paid */
        record TooManyUnpaid(int limit) implements Outcome {}

        /** @param order the one that the same version of the cart came to before, under another key */
        record AlreadyOrdered(OrderId order) implements Outcome {}

        /** @param most the maximum total of an order in this currency */
        record TotalTooHigh(Money most) implements Outcome {}

        record InFlight() implements Outcome {}

        record OtherRequest() implements Outcome {}
    }
}
