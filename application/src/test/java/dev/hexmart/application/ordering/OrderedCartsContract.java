package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OrderedCarts} keeps, seen together with the orders beside it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderedCartsContract {

    private final CustomerId customer = Callers.newCustomerId();
    private final CartVersion version = new CartVersion("f1");

    protected abstract Transactor<? extends OrderingStore> transactor();

    @Test
    void aVersionThatWasNotOrderedHasNoOrder() {
        assertThat(find(customer, version)).isEmpty();
    }

    @Test
    void theNotedOrderIsFound() {
        OrderId order = order(customer, version);
        assertThat(find(customer, version)).contains(order);
    }

    @Test
    void aVersionBelongsToOneCustomer() {
        order(customer, version);
        assertThat(find(Callers.newCustomerId(), version)).isEmpty();
        assertThat(find(customer, new CartVersion("f.1"))).isEmpty();
    }

    @Test
    void aLaterNoteReplacesTheEarlierOne() {
        order(customer, version);
        OrderId second = order(customer, version);
        assertThat(find(customer, version)).contains(second);
    }

    @Test
    void aNoteIsUndoneWithItsTransaction() {
        Order order = Orders.placed();
        try {
            transactor().inTransaction(store -> {
                note(store, customer, version, order);
                throw new IllegalStateException("Undo it");
            });
        } catch (IllegalStateException _) {
            // as it was meant
        }
        assertThat(find(customer, version)).isEmpty();
    }

    @Test
    void theLongestVersionIsStored() {
        CartVersion longest = new CartVersion("a90.f".repeat(20));
        OrderId order = order(customer, longest);
        assertThat(find(customer, longest)).contains(order);
    }

    @Test
    void ofConcurrentTransactionsOneFindsNothingAndTheOthersItsOrder() {
        List<Optional<OrderId>> found = AtOnce.times(
                8,
                () -> transactor().inTransaction(store -> {
                    Optional<OrderId> earlier = store.orderedCarts().find(customer, version);
                    if (earlier.isEmpty()) {
                        Order order = Orders.placed();
                        store.orders().save(order);
                        store.orderedCarts().note(customer, version, order.id());
                    }
                    return earlier;
                }));
        assertThat(found).containsOnlyOnce(Optional.empty());
        assertThat(found.stream().flatMap(Optional::stream).distinct()).hasSize(1);
    }

    private OrderId order(CustomerId who, CartVersion what) {
        Order order = Orders.placed();
        return transactor().inTransaction(store -> {
            note(store, who, what, order);
            return order.id();
        });
    }

    private static void note(OrderingStore store, CustomerId who, CartVersion what, Order order) {
        store.orderedCarts().find(who, what);
        store.orders().save(order);
        store.orderedCarts().note(who, what, order.id());
    }

    private Optional<OrderId> find(CustomerId who, CartVersion what) {
        return transactor().inTransaction(store -> store.orderedCarts().find(who, what));
    }
}
