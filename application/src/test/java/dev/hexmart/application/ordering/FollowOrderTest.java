package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderRepository.Position;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowOrderTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final InMemoryOrdering ordering = InMemoryOrdering.create();
    private final FollowOrder following = new FollowOrder(ordering.transactor(), ordering.changes());

    @Test
    void customersFindTheirOrdersAndEmployeesAll() {
        Order order = saved(Orders.paid());
        assertThat(following.find(order.id(), customerOf(order))).contains(order);
        assertThat(following.find(order.id(), Callers.employee())).contains(order);
    }

    @Test
    void anotherCustomersOrderIsUnknown() {
        Order order = saved(Orders.paid());
        for (Caller other : List.of(Callers.customer(Callers.newCustomerId()), Callers.service())) {
            assertThat(following.find(order.id(), other)).isEmpty();
            assertThat(following.find(Purchases.newOrder(), other)).isEmpty();
            assertThat(following.follow(after(order.id(), 0), other, FOR_EVER, new Listening(1)))
                    .isFalse();
        }
    }

    @Test
    void aHistoryIsNotFollowedFromBeforeItsBeginning() {
        Order order = saved(Orders.paid());
        assertThatThrownBy(() -> following.follow(after(order.id(), -1), customerOf(order), FOR_EVER, new Listening(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 100})
    void customersListTheirOwnOrdersPageByPage(int limit) {
        CustomerId customer = Callers.newCustomerId();
        for (int i = 0; i < 5; i++) {
            saved(Orders.placed(Purchases.by(customer, Purchases.PLACED_AT.plusSeconds(i / 2))));
            saved(Orders.placed());
        }
        List<Order> seen = new ArrayList<>();
        Optional<Position> next = Optional.empty();
        do {
            FollowOrder.Page page = following.list(Callers.customer(customer), Filter.NONE, next, limit);
            assertThat(page.orders()).isNotEmpty();
            seen.addAll(page.orders());
            next = page.next();
        } while (next.isPresent());
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(seen).allMatch(order -> order.purchase().customer().equals(customer));
    }

    @Test
    void employeesListAllOrdersAndServicesHaveNone() {
        Order one = saved(Orders.placed());
        Order other = saved(Orders.paid());
        assertThat(following
                        .list(Callers.employee(), Filter.NONE, Optional.empty(), 10)
                        .orders())
                .containsExactlyInAnyOrder(one, other);
        assertThat(following
                        .list(
                                Callers.employee(),
                                new Filter(Optional.of(OrderStatus.PAID), Optional.empty()),
                                Optional.empty(),
                                10)
                        .orders())
                .containsExactly(other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> following.list(Callers.service(), Filter.NONE, Optional.empty(), 10));
    }

    @Test
    void employeesCanListOnlyTheirOwnOrders() {
        Caller employee = Callers.employee();
        Order one = saved(Orders.placed());
        assertThat(following
                        .listOwn(employee, Filter.NONE, Optional.empty(), 10)
                        .orders())
                .isEmpty();
        assertThat(following
                        .listOwn(customerOf(one), Filter.NONE, Optional.empty(), 10)
                        .orders())
                .containsExactly(one);
        assertThat(following
                        .listOwn(
                                customerOf(one),
                                new Filter(Optional.of(OrderStatus.PAID), Optional.empty()),
                                Optional.empty(),
                                10)
                        .orders())
                .isEmpty();
        assertThat(following
                        .listOwn(Callers.service(), Filter.NONE, Optional.empty(), 10)
                        .orders())
                .isEmpty();
    }

    @Test
    void aPageHasItsBounds() {
        Caller caller = Callers.employee();
        assertThatIllegalArgumentException().isThrownBy(() -> following.list(caller, Filter.NONE, Optional.empty(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> following.list(caller, Filter.NONE, Optional.empty(), OrderQuery.MAX_LIMIT + 1));
    }

    @Test
    void followerGetsTheHistoryAndNewSteps() {
        Order placed = saved(Orders.placed());
        Order reserved = Orders.oneStepOn(placed);
        Order paid = Orders.oneStepOn(reserved);
        Listening listening = new Listening(3, version -> {
            if (version < 3) {
                save(version == 1 ? reserved : paid);
            }
        });
        assertThat(following.follow(after(placed.id(), 0), customerOf(placed), FOR_EVER, listening))
                .isTrue();
        assertThat(listening.heard).isEqualTo(paid.history());
        assertThat(listening.versions).containsExactly(1, 2, 3);
    }

    @Test
    void followerResumesAfterTheSeenSteps() {
        Order paid = saved(Orders.paid());
        Listening listening = new Listening(2);
        following.follow(after(paid.id(), 1), customerOf(paid), FOR_EVER, listening);
        assertThat(listening.heard).isEqualTo(paid.history().subList(1, 3));
        assertThat(listening.versions).containsExactly(2, 3);
    }

    @Test
    void followerAheadOfTheHistoryGetsNoStepTwice() {
        Order paid = saved(Orders.paid());
        Listening listening = new Listening(0);
        assertThat(following.follow(after(paid.id(), 7), customerOf(paid), FOR_EVER, listening))
                .isTrue();
        assertThat(listening.heard).isEmpty();
    }

    @Test
    void idleFollowerIsPolledAtItsInterval() {
        Order paid = saved(Orders.paid());
        int[] asked = {0};
        following.follow(after(paid.id(), 3), customerOf(paid), Duration.ofMillis(1), new FollowOrder.Listener() {
            @Override
            public void entry(Order order, int version, HistoryEntry entry) {
                throw new AssertionError("There is nothing to hear");
            }

            @Override
            public boolean wantsMore() {
                return ++asked[0] < 5;
            }
        });
        assertThat(asked[0]).isEqualTo(5);
    }

    @Test
    void severalOrdersAreFollowedAtOnceEachFromWhereItWasSeen() {
        CustomerId customer = Callers.newCustomerId();
        Order first = saved(Orders.placed(Purchases.by(customer, Purchases.PLACED_AT)));
        Order second = saved(Orders.placed(Purchases.by(customer, Purchases.PLACED_AT)));
        Order reserved = Orders.oneStepOn(second);
        Listening listening = new Listening(2, heard -> {
            if (heard == 1) {
                save(reserved);
            }
        });
        SequencedMap<OrderId, Integer> orders = after(first.id(), 0);
        orders.put(second.id(), 1);
        assertThat(following.follow(orders, Callers.customer(customer), FOR_EVER, listening))
                .isTrue();
        assertThat(listening.heard)
                .containsExactly(first.history().getFirst(), reserved.history().getLast());
    }

    @Test
    void anUnknownOrderAmongSeveralEndsFollowingThemAll() {
        Order own = saved(Orders.paid());
        Order other = saved(Orders.paid());
        SequencedMap<OrderId, Integer> orders = after(own.id(), 3);
        orders.put(other.id(), 0);
        Listening listening = new Listening(1);
        assertThat(following.follow(orders, customerOf(own), FOR_EVER, listening))
                .isFalse();
        assertThat(listening.heard).isEmpty();
    }

    private static SequencedMap<OrderId, Integer> after(OrderId order, int entries) {
        return new LinkedHashMap<>(Map.of(order, entries));
    }

    private Order saved(Order order) {
        Orders.saveWithItsPast(ordering.transactor(), order);
        return order;
    }

    private void save(Order order) {
        ordering.transactor().inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    private static Caller customerOf(Order order) {
        return Callers.customer(order.purchase().customer());
    }

    /** Wants so many entries, and does something whenever it is asked for more. */
    private static final class Listening implements FollowOrder.Listener {

        private final List<HistoryEntry> heard = new ArrayList<>();
        private final List<Integer> versions = new ArrayList<>();
        private final int wanted;
        private final Consumer<Integer> whenAsked;

        Listening(int wanted) {
            this(wanted, _ -> {});
        }

        Listening(int wanted, Consumer<Integer> whenAsked) {
            this.wanted = wanted;
            this.whenAsked = whenAsked;
        }

        @Override
        public void entry(Order order, int version, HistoryEntry entry) {
            assertThat(order.history().get(version - 1)).isEqualTo(entry);
            heard.add(entry);
            versions.add(version);
        }

        @Override
        public boolean wantsMore() {
            whenAsked.accept(heard.size());
            return heard.size() < wanted;
        }
    }
}
