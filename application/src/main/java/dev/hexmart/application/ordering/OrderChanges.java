package dev.hexmart.application.ordering;

import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.Set;

/** Driven port: notifies of changed orders, instead of polling. */
public interface OrderChanges {

    /** Begins to watch the orders: every change that is committed after this call is noticed, whichever process made it. */
    Watch watch(Set<OrderId> orders);

    /** A watch on one or several orders, for one thread. */
    interface Watch extends AutoCloseable {

        /**
         * Waits until something has changed since the watch began or the last call returned, but no longer than the given
         * time. It may also return without a change, so look at what is there.
         */
        void await(Duration atMost);

        @Override
        void close();
    }
}
