package dev.hexmart.adapter.rabbitmq;

/** What goes on around each attempt to handle a delivery, such as a span that continues the sender's trace. */
@FunctionalInterface
public interface DeliveryScope {

    DeliveryScope NONE = (_, handling) -> handling.run();

    /** Runs the handling, once, in the calling thread, and lets through what it throws. */
    void around(Delivery delivery, Runnable handling);
}
