package dev.hexmart.application.payment;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** Use case: read the status of a payment, the caller's own or, with the role, any. */
public final class ViewPayment {

    private final Transactor<? extends PaymentStore> transactor;

    public ViewPayment(Transactor<? extends PaymentStore> transactor) {
        this.transactor = transactor;
    }

    /** A payment that was voided before any charge has no customer, so only employees see it. */
    public Optional<Payment> find(OrderId order, Caller caller) {
        return transactor
                .reading(store -> store.payments().find(order))
                .filter(payment -> payment.demand()
                        .map(charge -> caller.mayAccessOrdersOf(charge.customer()))
                        .orElseGet(() -> caller.may(Role.ORDERS_MANAGE)));
    }
}
