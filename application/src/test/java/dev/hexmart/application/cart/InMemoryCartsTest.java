package dev.hexmart.application.cart;

class InMemoryCartsTest extends CartRepositoryContract {

    private final InMemoryCarts carts = new InMemoryCarts();

    @Override
    protected CartRepository carts() {
        return carts;
    }

    @Override
    protected CartRepository unreachable() {
        InMemoryCarts away = new InMemoryCarts();
        away.breakDown();
        return away;
    }
}
