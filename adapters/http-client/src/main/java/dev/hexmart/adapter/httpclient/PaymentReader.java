package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** Payments, read from the payments service with the caller's rights. */
public final class PaymentReader {

    private final ServiceClient payments;

    public PaymentReader(ServiceClient payments) {
        this.payments = payments;
    }

    /**
     * What was paid, or is to be.
     *
     * @param amount paid or to be paid; known, as the method is, after the first charge
     * @param refunded what was given back of it, if anything was
     */
    public record Payment(
            PaymentStatus status, Optional<Money> amount, Optional<String> method, Optional<Money> refunded) {}

    /** @return nothing where there is no payment for the order, or it is not theirs to see */
    public Optional<Payment> find(OrderId order, Credential credential) {
        return payments.get("/payments/" + order, credential).found(PaymentReader::payment);
    }

    private static Payment payment(JsonInput input) {
        var members = input.members();
        var status = members.required("status", value -> PaymentStatus.valueOf(value.text()));
        var amount = members.optional("amount", MoneyJson::read);
        var method = members.optional("method", JsonInput::text);
        var refunded = members.optional("refunded", MoneyJson::read);
        return members.build(() -> new Payment(status.get(), amount, method, refunded));
    }
}
