package dev.hexmart.application.messaging;

import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class InMemoryBusTest extends MessagePublisherContract {

    private final InMemoryMessages messages = InMemoryMessages.create();
    private final InMemoryBus bus = new InMemoryBus(messages);
    private final List<UUID> arrived = new ArrayList<>();

    InMemoryBusTest() {
        bus.forCatalog(received -> arrived.add(received.id()));
    }

    @Override
    protected MessagePublisher publisher() {
        return bus;
    }

    @Override
    protected OutboxMessage wanted() {
        return messages.encode(new CommitStock(Purchases.newOrder()));
    }

    @Override
    protected OutboxMessage unwanted() {
        return messages.encode(new RefundPayment(Purchases.newOrder()));
    }

    @Override
    protected List<UUID> arrived(int atLeast) {
        for (boolean more = true; more; more = bus.deliverNext()) {}
        return arrived;
    }

    @Override
    protected void breakBroker() {
        bus.breakDown();
    }

    @Override
    protected void mendBroker() {
        bus.mend();
    }
}
