package dev.hexmart.application.payment;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.OrderId;

class InMemoryOrderDirectoryTest extends OrderDirectoryContract {

    private final InMemoryOrderDirectory orders = new InMemoryOrderDirectory();

    @Override
    protected OrderDirectory directory() {
        return orders;
    }

    @Override
    protected void theOrdersSay(OrderId about, OrderDirectory.Payable... inTurn) {
        orders.say(about, inTurn);
    }

    @Override
    protected void breakOrders() {
        orders.breakDown();
    }

    @Override
    protected Credential lastCredential() {
        return orders.lastCredential().orElseThrow();
    }
}
