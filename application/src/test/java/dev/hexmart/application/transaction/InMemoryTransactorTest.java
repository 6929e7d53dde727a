package dev.hexmart.application.transaction;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Purchases;
import org.junit.jupiter.api.Test;

class InMemoryTransactorTest extends TransactorContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected Transactor<OrderingStore> transactor() {
        return ordering.transactor();
    }

    @Override
    protected Transactor<OrderingStore> reopened() {
        return ordering.transactor();
    }

    @Test
    void useOfAStoreAfterItsTransactionFails() {
        OrderRepository escaped = transactor().inTransaction(OrderingStore::orders);
        assertThatThrownBy(() -> escaped.find(Purchases.newOrder())).isInstanceOf(IllegalStateException.class);
    }
}
