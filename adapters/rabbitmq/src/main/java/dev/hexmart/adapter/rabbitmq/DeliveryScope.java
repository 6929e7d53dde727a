package dev.hexmart.adapter.rabbitmq;

import java.util.List;
import java.util.function.Consumer;

/** The scope of each attempt to handle deliveries, such as spans that continue the senders' traces. */
@FunctionalInterface
public interface DeliveryScope {

    DeliveryScope NONE = (_, handling) -> handling.accept((_, work) -> work.run());

    /**
     * Runs the handling of deliveries that are handled together, once, in the calling thread, and lets through what it throws.
     *
     * @param handling is given what does the part of one of them
     */
    void around(List<Delivery> deliveries, Consumer<Parts> handling);

    /** Runs what is done for one delivery among several, in the calling thread. */
    @FunctionalInterface
    interface Parts {

        /** @param place of the delivery among those that are handled together, from 0 */
        void run(int place, Runnable work);
    }
}
