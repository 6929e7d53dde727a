package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.ordering.PlaceOrder.Command;
import dev.hexmart.application.ordering.PlaceOrder.Outcome;
import dev.hexmart.application.ordering.PlaceOrder.Terms;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import dev.hexmart.domain.shared.Shortage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlaceOrderTest {

    private static final PaymentMethod CARD = new PaymentMethod("card-ok");
    private static final PaymentMethod SEASHELLS = new PaymentMethod("seashells");
    private static final Terms TERMS = new Terms(Duration.ofMinutes(15), Optional.empty(), 3);

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryOrdering ordering = new InMemoryOrdering(InMemoryMessages.create(), clock);
    private final InMemoryPriceList prices = new InMemoryPriceList();
    private final InMemoryAcceptedPaymentMethods methods = InMemoryAcceptedPaymentMethods.of(CARD);
    private final PlaceOrder placing =
            new PlaceOrder(ordering.transactor(), prices, methods, TERMS, Purchases::newOrder, clock);
    private final CustomerId customer = Callers.newCustomerId();
    private final Credential credential = new Credential("token");
    private final ProductId kettle = offered("Kettle", Money.of(1999, "EUR"));
    private final ProductId tea = offered("Tea", Money.of(499, "EUR"));
    private final List<LineItem> lines = List.of(line(kettle, 1), line(tea, 3));
    private final CartVersion cart = new CartVersion("f1");
    private final Money total = Money.of(1999 + 3 * 499, "EUR");

    @Test
    void anOrderIsPlacedAtTheCatalogsPricesAndAsksForItsStock() {
        Outcome.Accepted placed = placed(command("key"));
        assertThat(placed.total()).isEqualTo(total);
        assertThat(placed.replayed()).isFalse();
        Order order = find(placed.order());
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.purchase())
                .isEqualTo(new Purchase(
                        placed.order(),
                        customer,
                        List.of(
                                new OrderLine(kettle, "Kettle", Money.of(1999, "EUR"), Quantity.of(1)),
                                new OrderLine(tea, "Tea", Money.of(499, "EUR"), Quantity.of(3))),
                        Optional.of(CARD),
                        clock.instant(),
                        clock.instant().plus(TERMS.timeToPay())));
        assertThat(ordering.outgoing()).containsExactly(new ReserveStock(placed.order(), lines));
        assertThat(prices.lastCredential()).contains(credential);
    }

    @Test
    void repeatedRequestGetsTheFirstAnswerAfterCatalogChanges() {
        Outcome.Accepted first = placed(command("key"));
        prices.withdraw(kettle);
        prices.breakDown();
        assertThat(placing.place(command("key"), credential))
                .isEqualTo(new Outcome.Accepted(first.order(), first.total(), true));
        assertThat(ordering.outgoing()).hasSize(1);
    }

    @Test
    void theOrderOfTheLinesMakesNoDifference() {
        Outcome.Accepted first = placed(command("key"));
        Command reversed = new Command(
                customer,
                new IdempotencyKey("key"),
                Optional.empty(),
                lines.reversed(),
                Optional.of(CARD),
                Optional.of(total));
        assertThat(placed(reversed)).isEqualTo(new Outcome.Accepted(first.order(), first.total(), true));
    }

    @Test
    void keyIsForOneRequest() {
        placed(command("key"));
        Optional<PaymentMethod> card = Optional.of(CARD);
        for (Command other : List.of(
                new Command(
                        customer,
                        new IdempotencyKey("key"),
                        Optional.empty(),
                        List.of(line(kettle, 1)),
                        card,
                        Optional.of(total)),
                new Command(
                        customer,
                        new IdempotencyKey("key"),
                        Optional.empty(),
                        List.of(line(kettle, 2), line(tea, 3)),
                        card,
                        Optional.of(total)),
                new Command(
                        customer,
                        new IdempotencyKey("key"),
                        Optional.empty(),
                        lines,
                        Optional.empty(),
                        Optional.of(total)),
                new Command(customer, new IdempotencyKey("key"), Optional.empty(), lines, card, Optional.empty()),
                new Command(
                        customer,
                        new IdempotencyKey("key"),
                        Optional.empty(),
                        lines,
                        card,
                        Optional.of(Money.of(total.amount(), "USD"))))) {
            assertThat(placing.place(other, credential)).isEqualTo(new Outcome.OtherRequest());
        }
        assertThat(ordering.outgoing()).hasSize(1);
    }

    @Test
    void aKeyIsOneCustomers() {
        Outcome.Accepted mine = placed(command("key"));
        Outcome.Accepted theirs = placed(new Command(
                Callers.newCustomerId(),
                new IdempotencyKey("key"),
                Optional.empty(),
                lines,
                Optional.of(CARD),
                Optional.of(total)));
        assertThat(theirs.order()).isNotEqualTo(mine.order());
        assertThat(theirs.replayed()).isFalse();
    }

    @Test
    void ofOneWishSentManyTimesAtOnceThereIsOneOrder() {
        List<Outcome> outcomes = AtOnce.times(50, () -> placing.place(command("key"), credential));
        OrderId order = placed(command("key")).order();
        assertThat(outcomes).containsOnlyOnce(new Outcome.Accepted(order, total, false));
        assertThat(outcomes)
                .isSubsetOf(
                        new Outcome.Accepted(order, total, false),
                        new Outcome.Accepted(order, total, true),
                        new Outcome.InFlight());
        assertThat(ordering.outgoing()).hasSize(1);
    }

    @Test
    void changedTotalIsRefused() {
        prices.offer(kettle, new Offer("Kettle", Money.of(2999, "EUR"), 1000));
        assertNothingBought(new Outcome.PriceChanged(Money.of(2999 + 3 * 499, "EUR")));
        prices.offer(kettle, new Offer("Kettle", Money.of(1999, "EUR"), 1000));
        assertThat(placed(command("key")).replayed()).isFalse();
    }

    @Test
    void orderWithoutAnExpectedTotalHasTheCurrentPrice() {
        Command trusting = new Command(
                customer, new IdempotencyKey("key"), Optional.empty(), lines, Optional.of(CARD), Optional.empty());
        assertThat(placed(trusting).total()).isEqualTo(total);
    }

    @Test
    void unavailableProductsAreRefusedAndNamed() {
        prices.withdraw(tea);
        assertNothingBought(new Outcome.UnknownProducts(List.of(tea)));
    }

    @Test
    void mixedCurrenciesAreRefused() {
        prices.offer(tea, new Offer("Tea", Money.of(499, "JPY"), 1000));
        assertNothingBought(new Outcome.MixedCurrencies(List.of(Currency.of("EUR"), Currency.of("JPY"))));
    }

    @Test
    void aTotalAboveWhatCanBePaidIsRefused() {
        prices.offer(kettle, new Offer("Kettle", Money.of(Money.MAX_PAYABLE, "EUR"), 1000));
        assertNothingBought(new Outcome.TotalTooHigh(Money.of(Money.MAX_PAYABLE, "EUR")));
    }

    @Test
    void anUnheardOfMethodIsRefusedAndItIsSaidWhichThereAre() {
        assertThat(placing.place(by(SEASHELLS), credential)).isEqualTo(new Outcome.UnknownMethod(Set.of(CARD)));
        assertThat(ordering.outgoing()).isEmpty();
        assertThat(methods.lastCredential()).contains(credential);
    }

    @Test
    void replayedOrderNeedsNoAcceptedMethod() {
        Outcome.Accepted first = (Outcome.Accepted) placing.place(by(CARD), credential);
        methods.accept(SEASHELLS);
        assertThat(placing.place(by(CARD), credential))
                .isEqualTo(new Outcome.Accepted(first.order(), first.total(), true));
    }

    @Test
    void anyMethodIsTakenWhileTheAcceptedOnesAreUnknown() {
        PlaceOrder blind = new PlaceOrder(
                ordering.transactor(), prices, new InMemoryAcceptedPaymentMethods(), TERMS, Purchases::newOrder, clock);
        assertThat(blind.place(by(SEASHELLS), credential)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void configuredMethodsReplaceTheProvidersMethods() {
        Terms configured = new Terms(Duration.ofMinutes(15), Optional.of(Set.of(SEASHELLS)), 3);
        PlaceOrder strict =
                new PlaceOrder(ordering.transactor(), prices, methods, configured, Purchases::newOrder, clock);
        assertThat(strict.place(by(CARD), credential)).isEqualTo(new Outcome.UnknownMethod(Set.of(SEASHELLS)));
        assertThat(methods.lastCredential()).isEmpty();
        assertThat(strict.place(by(SEASHELLS), credential)).isInstanceOf(Outcome.Accepted.class);
    }

    private Command by(PaymentMethod method) {
        return new Command(
                customer, new IdempotencyKey("key"), Optional.empty(), lines, Optional.of(method), Optional.empty());
    }

    @Test
    void whileTheCatalogIsAwayNothingIsBoughtAndTheKeyStaysFree() {
        prices.breakDown();
        assertThatThrownBy(() -> placing.place(command("key"), credential)).isInstanceOf(TemporaryFailure.class);
        PlaceOrder mended = new PlaceOrder(
                ordering.transactor(),
                (products, _) -> {
                    assertThat(products).containsExactly(kettle, tea);
                    return Map.of(
                            kettle, new Offer("Kettle", Money.of(1999, "EUR"), 1000),
                            tea, new Offer("Tea", Money.of(499, "EUR"), 1000));
                },
                methods,
                TERMS,
                Purchases::newOrder,
                clock);
        assertThat(mended.place(command("key"), credential)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aCommandKeepsTheRulesOfLineItems() {
        IdempotencyKey key = new IdempotencyKey("key");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Command(customer, key, Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void cartVersionIsOrderedOnceWithAnyKey() {
        Outcome.Accepted first = placed(ofCart("key", cart));
        assertThat(placing.place(ofCart("other", cart), credential))
                .isEqualTo(new Outcome.AlreadyOrdered(first.order()));
        prices.withdraw(kettle);
        prices.breakDown();
        assertThat(placing.place(ofCart("third", cart), credential))
                .isEqualTo(new Outcome.AlreadyOrdered(first.order()));
        assertThat(placed(ofCart("key", cart)).replayed()).isTrue();
        assertThat(ordering.outgoing()).hasSize(1);
    }

    @Test
    void anotherVersionOrAnotherCustomersCartIsOrderedByItself() {
        placed(ofCart("key", cart));
        assertThat(placed(ofCart("other", new CartVersion("f2"))).replayed()).isFalse();
        Command theirs = new Command(
                Callers.newCustomerId(),
                new IdempotencyKey("key"),
                Optional.of(cart),
                lines,
                Optional.of(CARD),
                Optional.of(total));
        assertThat(placed(theirs).replayed()).isFalse();
    }

    @Test
    void concurrentKeysForACartMakeOneOrder() {
        List<Outcome> outcomes = AtOnce.times(20, i -> () -> placing.place(ofCart("key-" + i, cart), credential));
        List<OrderId> placed = outcomes.stream()
                .filter(Outcome.Accepted.class::isInstance)
                .map(outcome -> ((Outcome.Accepted) outcome).order())
                .toList();
        assertThat(placed).hasSize(1);
        assertThat(outcomes)
                .isSubsetOf(
                        new Outcome.Accepted(placed.getFirst(), total, false),
                        new Outcome.AlreadyOrdered(placed.getFirst()));
        assertThat(ordering.outgoing()).hasSize(1);
    }

    @Test
    void cartOfACancelledOrderCanBeOrderedAgain() {
        Outcome.Accepted first = placed(ofCart("key", cart));
        ordering.transactor().inTransaction(store -> {
            Order order = store.orders().find(first.order()).orElseThrow();
            Transition.Moved cancelled = (Transition.Moved) CheckoutProcess.cancel(order, clock.instant());
            store.orders().save(cancelled.order());
            return order;
        });
        Outcome.Accepted second = placed(ofCart("other", cart));
        assertThat(second.order()).isNotEqualTo(first.order());
        assertThat(placing.place(ofCart("third", cart), credential))
                .isEqualTo(new Outcome.AlreadyOrdered(second.order()));
    }

    @Test
    void keyStaysFreeIfTheCartWasOrderedUnderAnotherKey() {
        placed(ofCart("key", cart));
        placing.place(ofCart("other", cart), credential);
        assertThat(placed(ofCart("other", new CartVersion("f2"))).replayed()).isFalse();
    }

    @Test
    void aCartWithMoreThanThereIsInStockIsNotOrdered() {
        prices.offer(tea, new Offer("Tea", Money.of(499, "EUR"), 2));
        assertThat(placing.place(ofCart("key", cart), credential))
                .isEqualTo(new Outcome.NotEnoughStock(List.of(new Shortage(tea, "Tea", 3, 2))));
        assertThat(ordering.outgoing()).isEmpty();
        assertThat(placed(command("key")).replayed())
                .as("without a cart the reservation decides")
                .isFalse();
    }

    @Test
    void soldOutCartGetsItsOwnEarlierOrder() {
        Outcome.Accepted first = placed(ofCart("key", cart));
        prices.offer(tea, new Offer("Tea", Money.of(499, "EUR"), 0));
        assertThat(placing.place(ofCart("other", cart), credential))
                .isEqualTo(new Outcome.AlreadyOrdered(first.order()));
    }

    @Test
    void aCustomerWithTooManyUnpaidOrdersGetsNoMore() {
        Outcome.Accepted first = placed(unpaid("1"));
        placed(unpaid("2"));
        placed(unpaid("3"));
        assertThat(placing.place(unpaid("4"), credential)).isEqualTo(new Outcome.TooManyUnpaid(3));
        assertThat(placing.place(command("5"), credential)).isEqualTo(new Outcome.TooManyUnpaid(3));
        assertThat(placed(unpaid("1")).replayed()).isTrue();
        ordering.transactor().inTransaction(store -> {
            Order order = store.orders().find(first.order()).orElseThrow();
            Transition.Moved cancelled = (Transition.Moved)
                    CheckoutProcess.expire(order, order.purchase().payBy());
            store.orders().save(cancelled.order());
            return order;
        });
        assertThat(placed(unpaid("4")).replayed()).isFalse();
    }

    @Test
    void ordersThatPayByThemselvesAreNotLimited() {
        for (int i = 0; i < 6; i++) {
            placed(command("key-" + i));
        }
    }

    @Test
    void requestSentTwiceAtTheLimitIsNotRefusedForItsOwnOrder() {
        placed(unpaid("1"));
        placed(unpaid("2"));
        List<Outcome> first = new ArrayList<>();
        PlaceOrder second = new PlaceOrder(
                ordering.transactor(),
                (products, customerCredential) -> {
                    first.add(placing.place(unpaid("3"), credential));
                    return prices.offers(products, customerCredential);
                },
                methods,
                TERMS,
                Purchases::newOrder,
                clock);
        Outcome.Accepted order = (Outcome.Accepted) second.place(unpaid("3"), credential);
        assertThat(first).containsExactly(new Outcome.Accepted(order.order(), order.total(), false));
        assertThat(order.replayed()).isTrue();
    }

    /** Each read sees what is committed when it is executed, so the first request may commit between two of them. */
    @Test
    void requestSentTwiceGetsTheFirstAnswerAlsoBetweenTwoReads() {
        AtomicReference<Optional<Outcome>> first = new AtomicReference<>(Optional.empty());
        Transactor<OrderingStore> stores = ordering.transactor();
        Transactor<OrderingStore> interrupted = new Transactor<>() {
            @Override
            public <R> R inTransaction(Function<? super OrderingStore, ? extends R> work) {
                return stores.inTransaction(work);
            }

            @Override
            public <R> R reading(Function<? super OrderingStore, ? extends R> work) {
                return stores.reading(store -> work.apply(new Interrupted(store, () -> {
                    if (first.get().isEmpty()) {
                        first.set(Optional.of(placing.place(ofCart("key", cart), credential)));
                    }
                })));
            }
        };
        PlaceOrder second = new PlaceOrder(interrupted, prices, methods, TERMS, Purchases::newOrder, clock);

        Outcome answer = second.place(ofCart("key", cart), credential);

        Outcome.Accepted accepted = (Outcome.Accepted) first.get().orElseThrow();
        assertThat(answer).isEqualTo(new Outcome.Accepted(accepted.order(), accepted.total(), true));
    }

    /** Something happens just before the ordered carts are read. */
    private record Interrupted(OrderingStore store, Runnable before) implements OrderingStore {
        @Override
        public OrderRepository orders() {
            return store.orders();
        }

        @Override
        public OrderedCarts orderedCarts() {
            before.run();
            return store.orderedCarts();
        }

        @Override
        public IdempotencyKeys idempotencyKeys() {
            return store.idempotencyKeys();
        }

        @Override
        public Outbox outbox() {
            return store.outbox();
        }

        @Override
        public Inbox inbox() {
            return store.inbox();
        }
    }

    @Test
    void concurrentUnpaidOrdersNeverExceedTheLimit() {
        List<Outcome> outcomes = AtOnce.times(6, i -> () -> placing.place(unpaid("key-" + i), credential));
        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(3);
    }

    private Command unpaid(String key) {
        return new Command(
                customer, new IdempotencyKey(key), Optional.empty(), lines, Optional.empty(), Optional.of(total));
    }

    private void assertNothingBought(Outcome outcome) {
        assertThat(placing.place(command("key"), credential)).isEqualTo(outcome);
        assertThat(ordering.outgoing()).isEmpty();
    }

    private Outcome.Accepted placed(Command command) {
        Outcome outcome = placing.place(command, credential);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return (Outcome.Accepted) outcome;
    }

    private Command ofCart(String key, CartVersion version) {
        return new Command(
                customer, new IdempotencyKey(key), Optional.of(version), lines, Optional.of(CARD), Optional.of(total));
    }

    private Command command(String key) {
        return new Command(
                customer, new IdempotencyKey(key), Optional.empty(), lines, Optional.of(CARD), Optional.of(total));
    }

    private ProductId offered(String name, Money price) {
        ProductId product = Products.newProduct();
        prices.offer(product, new Offer(name, price, 1000));
        return product;
    }

    private Order find(OrderId id) {
        return ordering.transactor()
                .inTransaction(store -> store.orders().find(id))
                .orElseThrow();
    }

    private static LineItem line(ProductId product, int quantity) {
        return new LineItem(product, Quantity.of(quantity));
    }
}
