package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OrderDirectory} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderDirectoryContract {

    private final OrderId order = Purchases.newOrder();
    private final Credential credential = new Credential("the-customers-token");

    protected abstract OrderDirectory directory();

    /** The orders service answers with these about this order, in turn, and from then on with the last. */
    protected abstract void theOrdersSay(OrderId about, Payable... inTurn);

    /** From now on requests time out. */
    protected abstract void breakOrders();

    /** The credential of the last request to the orders service. */
    protected abstract Credential lastCredential();

    @Test
    void reservedOrderIsPayable() {
        Payable.Yes yes = new Payable.Yes(Callers.newCustomerId(), Money.of(1999, "EUR"));
        theOrdersSay(order, yes);
        assertThat(directory().find(order, credential)).isEqualTo(yes);
    }

    @Test
    void pendingOrderIsAwaited() {
        Payable.Yes yes = new Payable.Yes(Callers.newCustomerId(), Money.of(1999, "EUR"));
        theOrdersSay(order, new Payable.NotYet(), yes);
        assertThat(directory().find(order, credential)).isEqualTo(yes);
    }

    @Test
    void waitForAPendingOrderTimesOut() {
        theOrdersSay(order, new Payable.NotYet());
        assertThat(directory().find(order, credential)).isEqualTo(new Payable.NotYet());
    }

    @Test
    void anOrderThatIsCancelledIsNotToBePaidAndThatIsSaid() {
        theOrdersSay(order, new Payable.NoLonger(End.CANCELLED));
        assertThat(directory().find(order, credential)).isEqualTo(new Payable.NoLonger(End.CANCELLED));
    }

    @Test
    void anOrderThatTheBearerMayNotSeeIsUnknown() {
        theOrdersSay(order, new Payable.NotFound());
        assertThat(directory().find(order, credential)).isEqualTo(new Payable.NotFound());
    }

    @Test
    void theBearersOwnCredentialIsHandedOn() {
        theOrdersSay(order, new Payable.NotFound());
        directory().find(order, credential);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void missingAnswerIsATemporaryFailure() {
        theOrdersSay(order, new Payable.NotFound());
        breakOrders();
        assertThatThrownBy(() -> directory().find(order, credential)).isInstanceOf(TemporaryFailure.class);
    }
}
