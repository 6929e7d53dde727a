package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderRepository.Position;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link OrderRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderRepositoryContract {

    private static final int ALL = 100_000;

    private final CustomerId customer = Callers.newCustomerId();

    protected abstract Transactor<OrderingStore> transactor();

    @Test
    void ordersThatWaitForTheirCustomerToPayAreCounted() {
        CustomerId customer = Callers.newCustomerId();
        assertThat(unpaid(customer)).isZero();
        Orders.saveWithItsPast(transactor(), Orders.placed(Purchases.byHand(customer, Purchases.PLACED_AT)));
        Orders.saveWithItsPast(transactor(), Orders.reserved(Purchases.byHand(customer, Purchases.PLACED_AT)));
        Orders.saveWithItsPast(transactor(), Orders.paid(Purchases.byHand(customer, Purchases.PLACED_AT)));
        Orders.saveWithItsPast(transactor(), Orders.cancelled(Purchases.byHand(customer, Purchases.PLACED_AT)));
        Orders.saveWithItsPast(transactor(), Orders.reserved(Purchases.by(customer, Purchases.PLACED_AT)));
        assertThat(unpaid(customer)).isEqualTo(2);
        Orders.saveWithItsPast(transactor(), Orders.declined(Purchases.by(customer, Purchases.PLACED_AT)));
        assertThat(unpaid(customer)).as("with a declined payment").isEqualTo(3);
        assertThat(unpaid(Callers.newCustomerId())).isZero();
    }

    @Test
    void customerLockSerializesTheCountOfUnpaidOrders() {
        List<Integer> counted = AtOnce.times(
                8,
                () -> transactor().inTransaction(store -> {
                    store.orders().holdUnpaid(customer);
                    int before = store.orders().countUnpaid(customer);
                    store.orders().save(Orders.placed(Purchases.byHand(customer, Purchases.PLACED_AT)));
                    return before;
                }));
        assertThat(counted).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    private int unpaid(CustomerId customer) {
        return transactor().inTransaction(store -> store.orders().countUnpaid(customer));
    }

    @Test
    void anOrderThatThereIsNotIsNotFound() {
        assertThat(find(Purchases.newOrder())).isEmpty();
    }

    /** Also in a currency that has been withdrawn since, and in a code that is no money. */
    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY", "UYW", "BGN", "XAU"})
    void theHighestTotalOfEveryCurrencyIsKept(String code) {
        Order order = Orders.placed(Purchases.ofOnePiece(Money.of(Money.MAX_PAYABLE, code)));
        save(order);
        assertThat(find(order.id())).contains(order);
    }

    static Stream<Order> ordersInEveryState() {
        return Stream.of(
                Orders.placed(),
                Orders.placed(Purchases.ofAKettleWithoutAMethod()),
                Orders.placed(Purchases.ofTwoProducts()),
                Orders.reserved(),
                Orders.paid(),
                Orders.cancelled(),
                Orders.oneStepOn(Orders.cancelled()),
                Orders.refunded());
    }

    @ParameterizedTest
    @MethodSource("ordersInEveryState")
    void orderIsFoundWithItsHistory(Order order) {
        Orders.saveWithItsPast(transactor(), order);
        assertThat(find(order.id())).contains(order);
    }

    @ParameterizedTest
    @EnumSource
    void whyAnOrderWasCancelledIsKept(CancellationReason reason) {
        Purchase purchase = Purchases.ofAKettle();
        HistoryEntry end = new HistoryEntry(
                OrderStatus.CANCELLED, purchase.placedAt().plusSeconds(2), new HistoryNote.Text("‘So’ – 100%"));
        Order placed = Orders.placed(purchase);
        Order cancelled =
                new Order.Cancelled(purchase, reason, List.of(placed.history().getFirst(), end));
        Orders.saveWithItsPast(transactor(), cancelled);
        assertThat(find(purchase.id())).contains(cancelled);
    }

    @Test
    void anOrderIsAddedOnce() {
        Order order = Orders.placed();
        save(order);
        assertStale(order);
        assertThat(find(order.id())).contains(order);
    }

    @Test
    void anOrderOfAnotherThanTheNextVersionIsStale() {
        Order placed = Orders.placed();
        Order reserved = Orders.oneStepOn(placed);
        Order paid = Orders.oneStepOn(reserved);
        assertStale(reserved);
        save(placed);
        assertStale(paid);
        save(reserved);
        assertStale(Orders.on(placed, new PaymentRefunded(placed.id(), Goods.RETURNED)));
        save(paid);
        assertStale(reserved);
        assertStale(Orders.on(reserved, new PaymentRefunded(reserved.id(), Goods.RETURNED)));
        assertThat(find(placed.id())).contains(paid);
    }

    @Test
    void concurrentTransitionsOfAnOrderSucceedOnce() {
        Order placed = Orders.placed();
        save(placed);
        List<Boolean> taken = AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    Order found = store.orders().find(placed.id()).orElseThrow();
                    if (found instanceof Order.Placed) {
                        store.orders().save(Orders.oneStepOn(found));
                    }
                    return found instanceof Order.Placed;
                })));
        assertThat(taken).containsOnlyOnce(true);
        assertThat(find(placed.id())).contains(Orders.oneStepOn(placed));
    }

    @Test
    void ordersOfACustomerAreListedNewestFirst() {
        Order old = placed(customer, Purchases.PLACED_AT.minusSeconds(100));
        Order young = placed(customer, Purchases.PLACED_AT.plusSeconds(100));
        Order middle = placed(customer, Purchases.PLACED_AT);
        placed(Callers.newCustomerId(), Purchases.PLACED_AT);
        assertThat(list(Optional.of(customer), Optional.empty(), 10)).containsExactly(young, middle, old);
        assertThat(list(Optional.of(customer), Optional.empty(), 2)).containsExactly(young, middle);
        assertThat(list(Optional.of(Callers.newCustomerId()), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void theListShowsEachOrderAsItIsNow() {
        Order paid = Orders.paid(Purchases.by(customer, Purchases.PLACED_AT));
        Orders.saveWithItsPast(transactor(), paid);
        assertThat(list(Optional.of(customer), Optional.empty(), 10)).containsExactly(paid);
    }

    @Test
    void pageByPageEveryOrderComesOnceAlsoWhereManyArePlacedAtOnce() {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            orders.add(placed(customer, Purchases.PLACED_AT.plusSeconds(i / 4)));
        }
        List<Order> whole = list(Optional.of(customer), Optional.empty(), 100);
        assertThat(whole).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(pageByPage(2)).containsExactlyElementsOf(whole);
        assertThat(pageByPage(1)).containsExactlyElementsOf(whole);
    }

    @Test
    void aPageBeginsBehindTheOneBeforeAlthoughNewerOrdersHaveCome() {
        Order first = placed(customer, Purchases.PLACED_AT);
        Order second = placed(customer, Purchases.PLACED_AT.plusSeconds(1));
        Position after = new Position(second.purchase().placedAt(), second.id());
        placed(customer, Purchases.PLACED_AT.plusSeconds(2));
        assertThat(list(Optional.of(customer), Optional.of(after), 10)).containsExactly(first);
    }

    @Test
    void ordersOfAllCustomersAreListedWithoutACustomer() {
        Instant farFuture = Instant.parse("2099-01-01T00:00:00Z");
        Order one = placed(Callers.newCustomerId(), farFuture);
        Order another = placed(Callers.newCustomerId(), farFuture);
        assertThat(list(Optional.empty(), Optional.empty(), ALL)).contains(one, another);
    }

    @Test
    void onlyOrdersThatStandWhereOneAsksAreListed() {
        List<Order> orders =
                List.of(Orders.placed(), Orders.reserved(), Orders.paid(), Orders.cancelled(), Orders.refunded());
        orders.forEach(order -> Orders.saveWithItsPast(transactor(), order));
        for (Order order : orders) {
            List<Order> found = transactor()
                    .inTransaction(store -> store.orders()
                            .list(
                                    new OrderQuery(
                                            Optional.empty(),
                                            new Filter(Optional.of(order.status()), Optional.empty()),
                                            Optional.empty()),
                                    ALL));
            assertThat(found).contains(order).allMatch(each -> each.status() == order.status());
        }
    }

    @Test
    void ordersAreFoundByTheirNumberNewestFirst() {
        String end = UUID.randomUUID().toString().substring(28);
        Order old = placed(orderIdEndingWith(end), Purchases.PLACED_AT);
        Order young = placed(orderIdEndingWith(end), Purchases.PLACED_AT.plusSeconds(1));
        Order other = placed(customer, Purchases.PLACED_AT);
        OrderNumber number = OrderNumber.of(old.id());
        assertThat(list(Optional.empty(), new Filter(Optional.empty(), Optional.of(number))))
                .containsExactly(young, old);
        assertThat(list(Optional.of(other.purchase().customer()), new Filter(Optional.empty(), Optional.of(number))))
                .isEmpty();
        assertThat(list(Optional.empty(), new Filter(Optional.of(OrderStatus.PAID), Optional.of(number))))
                .isEmpty();
        Position after = new Position(young.purchase().placedAt(), young.id());
        assertThat(transactor()
                        .<List<Order>>inTransaction(store -> store.orders()
                                .list(
                                        new OrderQuery(
                                                Optional.empty(),
                                                new Filter(Optional.empty(), Optional.of(number)),
                                                Optional.of(after)),
                                        ALL)))
                .containsExactly(old);
    }

    @Test
    void anOrderIsOverdueFromTheInstantByWhichItMustBePaid() {
        Order placed = placed(customer, Purchases.PLACED_AT);
        OrderId id = placed.id();
        Instant payBy = placed.purchase().payBy();
        assertThat(overdue(payBy.minusMillis(1), Set.of(id))).isEmpty();
        assertThat(overdue(payBy, Set.of(id))).containsExactly(id);
        assertThat(overdue(payBy.plusSeconds(1), Set.of(id))).containsExactly(id);
    }

    @Test
    void onlyOrdersThatAreNeitherPaidNorGivenUpAreOverdue() {
        List<Order> orders =
                List.of(Orders.placed(), Orders.reserved(), Orders.paid(), Orders.cancelled(), Orders.refunded());
        orders.forEach(order -> Orders.saveWithItsPast(transactor(), order));
        Set<OrderId> ids = Set.copyOf(orders.stream().map(Order::id).toList());
        assertThat(overdue(Purchases.PLACED_AT.plusSeconds(3600), ids))
                .containsExactlyInAnyOrder(orders.get(0).id(), orders.get(1).id());
    }

    @Test
    void theOldestOverdueOrdersComeFirstAndNoMoreThanOneAsksFor() {
        OrderId young = placed(customer, Purchases.PLACED_AT.plusSeconds(2)).id();
        OrderId old = placed(customer, Purchases.PLACED_AT.plusSeconds(1)).id();
        Instant later = Purchases.PLACED_AT.plusSeconds(3600);
        assertThat(overdue(later, Set.of(young, old))).containsExactly(old, young);
        assertThat(transactor()
                        .<List<OrderId>>inTransaction(store -> store.orders().overdue(later, 1)))
                .hasSize(1);
    }

    @Test
    void anOrderWaitsForUsFromWhenItIsPlacedUntilItIsPaid() {
        // Each of these in a year of its own, before all other orders.
        Instant placedAt = Instant.parse("1991-01-01T12:00:00Z");
        Order order = placed(customer, placedAt);
        assertThat(waitingSince(placedAt.minusMillis(1))).isEmpty();
        assertThat(waitingSince(placedAt)).contains(placedAt);
        order = nextStep(order);
        assertThat(waitingSince(placedAt.plusSeconds(3600))).contains(placedAt);
        nextStep(order);
        assertThat(waitingSince(placedAt.plusSeconds(3600))).isEmpty();
    }

    @Test
    void manuallyPaidOrderWaitsForItsCustomerWhileReserved() {
        Instant placedAt = Instant.parse("1992-01-01T12:00:00Z");
        Order order = Orders.placed(Purchases.byHand(customer, placedAt));
        Instant payBy = order.purchase().payBy();
        save(order);
        assertThat(waitingSince(payBy)).contains(placedAt);
        order = nextStep(order);
        assertThat(waitingSince(payBy.minusMillis(1))).isEmpty();
        assertThat(waitingSince(payBy)).contains(payBy);
        assertThat(waitingSince(payBy.plusSeconds(3600))).contains(payBy);
        nextStep(order);
        assertThat(waitingSince(payBy.plusSeconds(3600))).isEmpty();
    }

    @Test
    void declinedOrderWaitsForItsCustomerUntilItsDeadline() {
        Instant placedAt = Instant.parse("1992-06-01T12:00:00Z");
        Order order = Orders.declined(Purchases.by(customer, placedAt));
        Instant payBy = order.purchase().payBy();
        Orders.saveWithItsPast(transactor(), order);
        assertThat(waitingSince(payBy.minusMillis(1))).isEmpty();
        assertThat(waitingSince(payBy)).contains(payBy);
        nextStep(order);
        assertThat(waitingSince(payBy.plusSeconds(3600))).isEmpty();
    }

    @Test
    void ofSeveralOrdersTheOneCountsThatHasWaitedLongestForUs() {
        Instant placedAt = Instant.parse("1993-01-01T12:00:00Z");
        Order byHand = Orders.placed(Purchases.byHand(customer, placedAt));
        save(byHand);
        byHand = nextStep(byHand);
        Instant payBy = byHand.purchase().payBy();
        Order reserved = nextStep(placed(customer, placedAt.plusSeconds(100)));
        Order pending = placed(customer, placedAt.plusSeconds(200));
        Instant later = placedAt.plusSeconds(3600);
        assertThat(waitingSince(later)).contains(placedAt.plusSeconds(100));
        nextStep(reserved);
        assertThat(waitingSince(later)).contains(placedAt.plusSeconds(200));
        nextStep(nextStep(pending));
        assertThat(waitingSince(later)).contains(payBy);
        nextStep(byHand);
        assertThat(waitingSince(later)).isEmpty();
    }

    @Test
    void noOrderWaitsForUsThatHasComeToAnEnd() {
        Instant placedAt = Instant.parse("1994-01-01T12:00:00Z");
        Stream.of(
                        Orders.paid(Purchases.by(customer, placedAt)),
                        Orders.cancelled(Purchases.by(customer, placedAt)),
                        Orders.refunded(Purchases.by(customer, placedAt)))
                .forEach(order -> Orders.saveWithItsPast(transactor(), order));
        assertThat(waitingSince(placedAt.plusSeconds(3600))).isEmpty();
    }

    private Order nextStep(Order order) {
        Order next = Orders.oneStepOn(order);
        save(next);
        return next;
    }

    private Optional<Instant> waitingSince(Instant now) {
        return transactor().inTransaction(store -> store.orders().waitingSince(now));
    }

    private static OrderId orderIdEndingWith(String digits) {
        return OrderId.parse(UUID.randomUUID().toString().substring(0, 28) + digits);
    }

    private Order placed(OrderId id, Instant at) {
        Purchase kettle = Purchases.by(Callers.newCustomerId(), at);
        Order order = Orders.placed(new Purchase(
                id, kettle.customer(), kettle.lines(), kettle.method(), kettle.placedAt(), kettle.payBy()));
        save(order);
        return order;
    }

    private List<Order> list(Optional<CustomerId> whose, Filter filter) {
        return transactor()
                .inTransaction(store -> store.orders().list(new OrderQuery(whose, filter, Optional.empty()), ALL));
    }

    private Order placed(CustomerId by, Instant at) {
        Order order = Orders.placed(Purchases.by(by, at));
        save(order);
        return order;
    }

    private void save(Order order) {
        transactor().inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    /** Within its transaction, because the transactor would run the work again. */
    private void assertStale(Order order) {
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    try {
                        store.orders().save(order);
                        store.orders().find(order.id());
                    } catch (StaleVersion e) {
                        throw new IllegalArgumentException("stale, as it should be", e);
                    }
                    return order;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasCauseInstanceOf(StaleVersion.class);
    }

    private Optional<Order> find(OrderId id) {
        return transactor().inTransaction(store -> store.orders().find(id));
    }

    private List<Order> list(Optional<CustomerId> whose, Optional<Position> after, int limit) {
        return transactor()
                .inTransaction(store -> store.orders().list(new OrderQuery(whose, Filter.NONE, after), limit));
    }

    private List<Order> pageByPage(int limit) {
        List<Order> all = new ArrayList<>();
        List<Order> page = list(Optional.of(customer), Optional.empty(), limit);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page);
            Order last = page.getLast();
            Position after = new Position(last.purchase().placedAt(), last.id());
            page = list(Optional.of(customer), Optional.of(after), limit);
        }
        return all;
    }

    private List<OrderId> overdue(Instant now, Set<OrderId> among) {
        List<OrderId> all = transactor().inTransaction(store -> store.orders().overdue(now, ALL));
        return all.stream().filter(among::contains).toList();
    }
}
