package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.Optional;
import java.util.Set;

/** Driven port: which means of payment the shop takes. */
public interface AcceptedPaymentMethods {

    /**
     * Those that can be paid by, one or more. They may be some minutes old, and older during an outage of what knows them.
     *
     * <p>An outage is no failure here, because an order can be placed without this answer: a means of payment that is not
     * taken is declined later.
     *
     * @param customer on whose behalf it is asked
     * @return nothing where they have never been known
     */
    Optional<Set<PaymentMethod>> find(Credential customer);
}
