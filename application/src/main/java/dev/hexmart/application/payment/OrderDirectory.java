package dev.hexmart.application.payment;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;

/** Driven port: whether an order is to be paid, and how much it costs. */
public interface OrderDirectory {

    /**
     * Asks on behalf of the bearer of the credential. An order whose stock is just being reserved is waited for, a few
     * seconds at the most.
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure on a timeout or an outage
     */
    Payable find(OrderId order, Credential customer);

    sealed interface Payable {

        /** Its stock is held, and it may be paid. */
        record Yes(CustomerId customer, Money total) implements Payable {}

        /** Its stock is still not held; try again. */
        record NotYet() implements Payable {}

        /** It waits to be paid no longer. */
        record NoLonger(End end) implements Payable {

            /** The outcome of the order. */
            public enum End {
                PAID,
                CANCELLED,
                REFUNDED
            }
        }

        /** There is no such order for this caller. */
        record NotFound() implements Payable {}
    }
}
