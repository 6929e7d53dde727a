package dev.hexmart.application.cart;

class InMemoryCheckoutAttemptsTest extends CheckoutAttemptsContract {

    private final InMemoryCarts carts = new InMemoryCarts();

    @Override
    protected CheckoutAttempts attempts() {
        return carts;
    }

    @Override
    protected CheckoutAttempts unreachable() {
        InMemoryCarts away = new InMemoryCarts();
        away.breakDown();
        return away;
    }

    @Override
    protected CartRepository carts() {
        return carts;
    }
}
