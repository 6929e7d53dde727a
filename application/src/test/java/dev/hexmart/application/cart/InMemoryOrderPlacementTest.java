package dev.hexmart.application.cart;

import dev.hexmart.application.identity.Credential;

class InMemoryOrderPlacementTest extends OrderPlacementContract {

    private final InMemoryOrderPlacement orders = new InMemoryOrderPlacement();

    @Override
    protected OrderPlacement placement() {
        return orders;
    }

    @Override
    protected void theOrdersAnswer(OrderPlacement.Placement answer) {
        orders.answer(answer);
    }

    @Override
    protected void breakOrders() {
        orders.breakDown();
    }

    @Override
    protected OrderPlacement.PlacementRequest lastRequest() {
        return orders.requests().getLast();
    }

    @Override
    protected Credential lastCredential() {
        return orders.lastCredential().orElseThrow();
    }
}
