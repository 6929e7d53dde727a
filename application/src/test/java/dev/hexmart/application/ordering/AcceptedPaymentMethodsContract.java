package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link AcceptedPaymentMethods} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AcceptedPaymentMethodsContract {

    private static final PaymentMethod CARD = new PaymentMethod("card");
    private static final PaymentMethod INVOICE = new PaymentMethod("invoice");

    private final Credential credential = new Credential("the-customers-token");

    protected abstract AcceptedPaymentMethods methods();

    /** From now on these are taken. */
    protected abstract void accept(PaymentMethod... methods);

    /** From now on what knows them does not answer. */
    protected abstract void breakDown();

    /** On whose behalf it was asked last. */
    protected abstract Credential lastCredential();

    @Test
    void acceptedMethodsAreFound() {
        accept(CARD, INVOICE);
        assertThat(methods().find(credential)).contains(Set.of(CARD, INVOICE));
    }

    @Test
    void customersOwnCredentialIsHandedOn() {
        accept(CARD);
        methods().find(credential);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void outageBeforeTheFirstAnswerFindsNothing() {
        breakDown();
        assertThat(methods().find(credential)).isEmpty();
        assertThat(methods().find(credential)).isEmpty();
    }

    @Test
    void outageAfterAnAnswerFindsTheLastAnswer() {
        accept(CARD);
        methods().find(credential);
        breakDown();
        assertThat(methods().find(credential)).contains(Set.of(CARD));
    }
}
