package dev.hexmart.domain.payment;

import dev.hexmart.domain.messages.ForOrdering;
import dev.hexmart.domain.messages.ForOrdering.PaymentCaptured;
import dev.hexmart.domain.messages.ForOrdering.PaymentDeclined;
import dev.hexmart.domain.messages.ForOrdering.PaymentRefunded;
import dev.hexmart.domain.payment.Payment.Captured;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.Payment.Declined;
import dev.hexmart.domain.payment.Payment.Refunded;
import dev.hexmart.domain.payment.Payment.Refunding;
import dev.hexmart.domain.payment.Payment.Requested;
import dev.hexmart.domain.payment.Payment.Unknown;
import dev.hexmart.domain.payment.Payment.Voided;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table <em>state of the payment × wish or answer</em>, doubled, late and lost ones included. */
public final class PaymentProcess {

    /** How long one question to the provider may take before another worker may ask it again. */
    public static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

    /** How often an order can be tried to be paid: an order must be no place to find out which of many cards work. */
    public static final int MOST_ATTEMPTS = 10;

    private PaymentProcess() {}

    /** Where the payment stands now, if that changed, and what the order is told. */
    public record Decision(Optional<Payment> next, List<ForOrdering> messages) {
        public Decision {
            messages = List.copyOf(messages);
        }

        private static Decision nothing() {
            return new Decision(Optional.empty(), List.of());
        }

        private static Decision say(ForOrdering message) {
            return new Decision(Optional.empty(), List.of(message));
        }

        private static Decision move(Payment next, ForOrdering... messages) {
            return new Decision(Optional.of(next), List.of(messages));
        }
    }

    /** The checkout's wish to be paid. A wish that comes again changes nothing: an order is captured once. */
    public static Decision capture(Optional<Payment> current, Charge charge, Instant now) {
        if (current.isEmpty()) {
            return Decision.move(new Requested(charge, now, 1));
        }
        return switch (current.get()) {
            case Captured it -> Decision.say(new PaymentCaptured(it.order()));
            case Declined it ->
                Decision.say(new PaymentDeclined(it.order(), it.charge().attempt(), it.reason()));
            case Requested _, Unknown _, Refunding _, Refunded _, Voided _ -> Decision.nothing();
        };
    }

    /**
     * The customer's wish to pay now, which after a declined attempt begins another one.
     *
     * <p>An attempt whose outcome is not known holds up every other: only the provider's word that it was declined makes room
     * for the next.
     */
    public static Decision pay(Optional<Payment> current, Charge charge, Instant now) {
        if (current.isPresent() && current.get() instanceof Declined declined) {
            Charge before = declined.charge();
            return before.attempt() >= MOST_ATTEMPTS
                    ? Decision.nothing()
                    : Decision.move(new Requested(
                            new Charge(
                                    charge.order(),
                                    before.attempt() + 1,
                                    charge.customer(),
                                    charge.amount(),
                                    charge.method()),
                            now,
                            declined.version() + 1));
        }
        return capture(current, charge, now);
    }

    /** The wish to have everything undone, also what is still under way. */
    public static Decision refund(Optional<Payment> current, OrderId order, Instant now) {
        if (current.isEmpty()) {
            return Decision.move(new Voided(order, Optional.empty(), 1));
        }
        return switch (current.get()) {
            case Requested it -> Decision.move(new Voided(order, Optional.of(it.charge()), it.version() + 1));
            case Unknown it -> Decision.move(new Refunding(it.charge(), 0, now, it.version() + 1));
            case Captured it -> Decision.move(new Refunding(it.charge(), 0, now, it.version() + 1));
            case Refunded it -> Decision.say(new PaymentRefunded(it.order()));
            // Its customer could try again, and must find that it is called off.
            case Declined it -> Decision.move(new Voided(order, Optional.of(it.charge()), it.version() + 1));
            case Refunding _, Voided _ -> Decision.nothing();
        };
    }

    /**
     * Notes that the provider is about to be asked, before it is asked; nothing where it must not be asked now.
     *
     * <p>Saving the result is what makes one worker, and only one, ask.
     */
    public static Optional<Payment> asking(Payment payment, Instant now) {
        if (payment.askAt().isEmpty() || now.isBefore(payment.askAt().get())) {
            return Optional.empty();
        }
        Instant again = now.plus(ANSWER_DEADLINE);
        return switch (payment) {
            case Requested it -> Optional.of(it.asked(again));
            case Unknown it -> Optional.of(it.asked(again));
            case Refunding it -> Optional.of(it.asked(again));
            case Captured _, Declined _, Refunded _, Voided _ -> Optional.empty();
        };
    }

    /**
     * The provider's answer to the capture of a charge, which may come after a refund was asked for or a later attempt has
     * begun.
     *
     * <p>That an earlier attempt was declined or not answered says nothing of the present one. That it was captured ends the
     * present one, since the provider captures one attempt of an order at most.
     */
    public static Decision answered(Payment payment, Charge asked, ProviderAnswer.ToCapture answer, Instant now) {
        return switch (payment) {
            case Unknown it when it.charge().equals(asked) -> answered(it, answer, now);
            case Requested _, Unknown _, Declined _
            when answer instanceof ProviderAnswer.ToCapture.Captured captured ->
                captured(asked, captured, payment.version());
            case Voided it
            when answer instanceof ProviderAnswer.ToCapture.Captured ->
                Decision.move(new Refunding(asked, 0, now, it.version() + 1));
            case Requested _, Unknown _, Captured _, Declined _, Refunding _, Refunded _, Voided _ ->
                Decision.nothing();
        };
    }

    /** The provider's answer to a refund. */
    public static Decision answered(Payment payment, ProviderAnswer.ToRefund answer, Instant now) {
        return switch (payment) {
            case Refunding it -> answered(it, answer, now);
            case Requested _, Unknown _, Captured _, Declined _, Refunded _, Voided _ -> Decision.nothing();
        };
    }

    private static Decision answered(Unknown it, ProviderAnswer.ToCapture answer, Instant now) {
        return switch (answer) {
            case ProviderAnswer.ToCapture.Captured captured -> captured(it.charge(), captured, it.version());
            case ProviderAnswer.ToCapture.Declined declined ->
                Decision.move(
                        new Declined(it.charge(), declined.reason(), it.version() + 1),
                        new PaymentDeclined(it.order(), it.charge().attempt(), declined.reason()));
            case ProviderAnswer.ToCapture.Silence _ ->
                Decision.move(new Unknown(
                        it.charge(), it.attempts(), now.plus(Payment.patience(it.attempts())), it.version() + 1));
        };
    }

    private static Decision captured(Charge charge, ProviderAnswer.ToCapture.Captured answer, int version) {
        return Decision.move(
                new Captured(charge, answer.reference(), version + 1), new PaymentCaptured(charge.order()));
    }

    private static Decision answered(Refunding it, ProviderAnswer.ToRefund answer, Instant now) {
        return switch (answer) {
            case ProviderAnswer.ToRefund.Refunded _ ->
                Decision.move(new Refunded(it.charge(), it.version() + 1), new PaymentRefunded(it.order()));
            case ProviderAnswer.ToRefund.NothingCaptured _ ->
                Decision.move(new Voided(it.order(), Optional.of(it.charge()), it.version() + 1));
            case ProviderAnswer.ToRefund.Silence _ ->
                Decision.move(new Refunding(
                        it.charge(), it.attempts(), now.plus(Payment.patience(it.attempts())), it.version() + 1));
        };
    }
}
