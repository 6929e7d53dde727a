package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.PaymentMethod;

class InMemoryAcceptedPaymentMethodsTest extends AcceptedPaymentMethodsContract {

    private final InMemoryAcceptedPaymentMethods methods = new InMemoryAcceptedPaymentMethods();

    @Override
    protected AcceptedPaymentMethods methods() {
        return methods;
    }

    @Override
    protected void accept(PaymentMethod... accepted) {
        methods.accept(accepted);
    }

    @Override
    protected void breakDown() {
        // It asks no other service.
    }

    @Override
    protected Credential lastCredential() {
        return methods.lastCredential().orElseThrow();
    }
}
