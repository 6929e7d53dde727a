package dev.hexmart.domain.payment;

import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.payment.Payment.Captured;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.Payment.Declined;
import dev.hexmart.domain.payment.Payment.PartRefunded;
import dev.hexmart.domain.payment.Payment.PartRefunding;
import dev.hexmart.domain.payment.Payment.Refunded;
import dev.hexmart.domain.payment.Payment.Refunding;
import dev.hexmart.domain.payment.Payment.Requested;
import dev.hexmart.domain.payment.Payment.Unknown;
import dev.hexmart.domain.payment.Payment.Voided;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table <em>state of the payment × command or answer</em>, doubled, late and lost ones included. */
public final class PaymentProcess {

    /** How long one question to the provider may take before another worker may ask it again. */
    public static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

    /** How often an order can be tried to be paid: an order must be no place to find out which of many cards work. */
    public static final int MOST_ATTEMPTS = 10;

    private PaymentProcess() {}

    /** The payment's next state, if it changed, and the event for the order. */
    public record Decision(Optional<Payment> next, List<CheckoutEvent> messages) {
        public Decision {
            messages = List.copyOf(messages);
        }

        private static Decision nothing() {
            return new Decision(Optional.empty(), List.of());
        }

        private static Decision say(CheckoutEvent message) {
            return new Decision(Optional.empty(), List.of(message));
        }

        static Decision move(Payment next, CheckoutEvent... messages) {
            return new Decision(Optional.of(next), List.of(messages));
        }
    }

    /** The checkout's command to capture. A command that comes again changes nothing: an order is captured once. */
    public static Decision capture(Optional<Payment> current, Charge charge, Instant now) {
        if (current.isEmpty()) {
            return Decision.move(new Requested(charge, now, 1));
        }
        return switch (current.get()) {
            case Captured _, PartRefunding _, PartRefunded _ ->
                Decision.say(new PaymentCaptured(current.get().order()));
            case Declined it ->
                Decision.say(new PaymentDeclined(it.order(), it.charge().attempt(), it.reason()));
            case Requested _, Unknown _, Refunding _, Refunded _, Voided _ -> Decision.nothing();
        };
    }

    /**
     * The customer's command to pay now, which after a declined attempt begins another one.
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

    /** The command to refund everything, captures in progress included. */
    public static Decision refund(Optional<Payment> current, OrderId order, Instant now) {
        return refund(current, order, Goods.RETURNED, now);
    }

    /** The same, with the goods of the refund; an earlier command's goods take precedence. */
    public static Decision refund(Optional<Payment> current, OrderId order, Goods goods, Instant now) {
        if (current.isEmpty()) {
            return Decision.move(new Voided(order, Optional.empty(), 1));
        }
        return switch (current.get()) {
            case Requested it -> Decision.move(new Voided(order, Optional.of(it.charge()), it.version() + 1));
            case Unknown it -> Decision.move(new Refunding(it.charge(), goods, 0, now, it.version() + 1));
            case Captured it -> Decision.move(new Refunding(it.charge(), goods, 0, now, it.version() + 1));
            case PartRefunding it -> Decision.move(new Refunding(it.charge(), goods, 0, now, it.version() + 1));
            case PartRefunded it -> Decision.move(new Refunding(it.charge(), goods, 0, now, it.version() + 1));
            case Refunded it -> Decision.say(new PaymentRefunded(it.order(), it.goods()));
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
            case PartRefunding it -> Optional.of(it.asked(again));
            case Refunding it -> Optional.of(it.asked(again));
            case PartRefunded _, Captured _, Declined _, Refunded _, Voided _ -> Optional.empty();
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
            case Requested _,
                    Unknown _,
                    Captured _,
                    Declined _,
                    PartRefunding _,
                    PartRefunded _,
                    Refunding _,
                    Refunded _,
                    Voided _ -> Decision.nothing();
        };
    }

    /** The provider's answer to a refund. */
    public static Decision answered(Payment payment, ProviderAnswer.ToRefund answer, Instant now) {
        return switch (payment) {
            case Refunding it -> answered(it, answer, now);
            case Requested _,
                    Unknown _,
                    Captured _,
                    Declined _,
                    PartRefunding _,
                    PartRefunded _,
                    Refunded _,
                    Voided _ -> Decision.nothing();
        };
    }

    /**
     * The command to refund a part of what was captured, one at a time.
     *
     * @return nothing where that cannot be done now: see {@link #left}
     */
    static Optional<Payment> refundPart(Payment payment, Money part, Instant now) {
        if (left(payment).filter(left -> isPartOf(part, left)).isEmpty()) {
            return Optional.empty();
        }
        return switch (payment) {
            case Captured it ->
                Optional.of(new PartRefunding(
                        it.charge(), it.reference(), part.minus(part), part, 1, 0, now, it.version() + 1));
            case PartRefunded it ->
                Optional.of(new PartRefunding(
                        it.charge(), it.reference(), it.sum(), part, it.number() + 1, 0, now, it.version() + 1));
            case Requested _, Unknown _, Declined _, PartRefunding _, Refunding _, Refunded _, Voided _ ->
                Optional.empty();
        };
    }

    /** The refundable amount; empty if it is zero, or unknown because a refund is in progress. */
    static Optional<Money> left(Payment payment) {
        return switch (payment) {
            case Captured it -> Optional.of(it.charge().amount());
            case PartRefunded it -> Optional.of(it.charge().amount().minus(it.sum()));
            case Requested _, Unknown _, Declined _, PartRefunding _, Refunding _, Refunded _, Voided _ ->
                Optional.empty();
        };
    }

    private static boolean isPartOf(Money part, Money whole) {
        return part.currency().equals(whole.currency()) && part.amount() > 0 && part.amount() < whole.amount();
    }

    /** The provider's answer to a partial refund. An answer about another part has no effect. */
    public static Decision answeredPart(Payment payment, int number, ProviderAnswer.ToRefund answer, Instant now) {
        return payment instanceof PartRefunding it && it.number() == number
                ? answeredPart(it, answer, now)
                : Decision.nothing();
    }

    private static Decision answeredPart(PartRefunding it, ProviderAnswer.ToRefund answer, Instant now) {
        return switch (answer) {
            case ProviderAnswer.ToRefund.Refunded _ -> {
                Money sum = it.before().plus(it.part());
                yield Decision.move(
                        new PartRefunded(it.charge(), it.reference(), sum, it.number(), it.version() + 1),
                        new PaymentPartlyRefunded(it.order(), it.part(), sum));
            }
            // The provider has less than our books say. Asking again is of no use, and must not look as if it were
            // given back.
            case ProviderAnswer.ToRefund.NothingCaptured _ ->
                Decision.move(
                        it.before().amount() == 0
                                ? new Captured(it.charge(), it.reference(), it.version() + 1)
                                : new PartRefunded(
                                        it.charge(), it.reference(), it.before(), it.number() - 1, it.version() + 1));
            case ProviderAnswer.ToRefund.NoAnswer _ ->
                Decision.move(it.unanswered(now.plus(Payment.backoff(it.attempts()))));
        };
    }

    private static Decision answered(Unknown it, ProviderAnswer.ToCapture answer, Instant now) {
        return switch (answer) {
            case ProviderAnswer.ToCapture.Captured captured -> captured(it.charge(), captured, it.version());
            case ProviderAnswer.ToCapture.Declined declined ->
                Decision.move(
                        new Declined(it.charge(), declined.reason(), it.version() + 1),
                        new PaymentDeclined(it.order(), it.charge().attempt(), declined.reason()));
            case ProviderAnswer.ToCapture.NoAnswer _ ->
                Decision.move(new Unknown(
                        it.charge(), it.attempts(), now.plus(Payment.backoff(it.attempts())), it.version() + 1));
        };
    }

    private static Decision captured(Charge charge, ProviderAnswer.ToCapture.Captured answer, int version) {
        return Decision.move(
                new Captured(charge, answer.reference(), version + 1), new PaymentCaptured(charge.order()));
    }

    private static Decision answered(Refunding it, ProviderAnswer.ToRefund answer, Instant now) {
        return switch (answer) {
            case ProviderAnswer.ToRefund.Refunded _ ->
                Decision.move(
                        new Refunded(it.charge(), it.goods(), it.version() + 1),
                        new PaymentRefunded(it.order(), it.goods()));
            case ProviderAnswer.ToRefund.NothingCaptured _ ->
                Decision.move(new Voided(it.order(), Optional.of(it.charge()), it.version() + 1));
            case ProviderAnswer.ToRefund.NoAnswer _ ->
                Decision.move(new Refunding(
                        it.charge(),
                        it.goods(),
                        it.attempts(),
                        now.plus(Payment.backoff(it.attempts())),
                        it.version() + 1));
        };
    }
}
