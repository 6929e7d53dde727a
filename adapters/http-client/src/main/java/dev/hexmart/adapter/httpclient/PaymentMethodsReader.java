package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The means of payment that the payments service offers, kept for some minutes; they are the same for every caller.
 *
 * <p>While that service does not answer, its last answer stands, and it is asked again after a pause only: an outage costs
 * one timeout for each pause, not one for each request.
 */
public final class PaymentMethodsReader {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final ServiceClient payments;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(List.of(), Instant.MIN);

    /** @param until when to ask again */
    private record Known(List<PaymentMethodOffer> offers, Instant until) {}

    public PaymentMethodsReader(ServiceClient payments, InstantSource clock) {
        this.payments = payments;
        this.clock = clock;
    }

    /** The first is the default; empty where the service has never answered. */
    public List<PaymentMethodOffer> list(Credential credential) {
        Known last = known;
        if (isCurrent(last)) {
            return last.offers();
        }
        if (last.offers().isEmpty()) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return last.offers();
        }
        try {
            // Another thread may have asked while this one waited for the lock.
            if (!isCurrent(known)) {
                known = ask(credential);
            }
            return known.offers();
        } finally {
            asking.unlock();
        }
    }

    private boolean isCurrent(Known answer) {
        return clock.instant().isBefore(answer.until());
    }

    private Known ask(Credential credential) {
        try {
            List<PaymentMethodOffer> offers = read(payments.get("/payments/methods", credential));
            return new Known(offers, clock.instant().plus(KEPT));
        } catch (InfrastructureFailure e) {
            // The client's own telemetry has recorded it.
            return new Known(known.offers(), clock.instant().plus(PAUSE));
        }
    }

    private static List<PaymentMethodOffer> read(Answer answer) {
        List<PaymentMethodOffer> offers = answer.ok(list -> list.list(PaymentMethodsReader::offer));
        if (offers.isEmpty()) {
            throw answer.unexpected();
        }
        return offers;
    }

    private static PaymentMethodOffer offer(JsonInput input) {
        var members = input.members();
        var method = members.required("method", value -> new PaymentMethod(value.text()));
        var name = members.required("name", JsonInput::text);
        var explanation = members.required("explanation", JsonInput::text);
        return members.build(() -> new PaymentMethodOffer(method.get(), name.get(), explanation.get()));
    }
}
