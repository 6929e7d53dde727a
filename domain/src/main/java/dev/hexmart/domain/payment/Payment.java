package dev.hexmart.domain.payment;

import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one payment of one order; a type per state.
 *
 * <p>A declined attempt may be followed by another one, with a charge of its own; of all attempts at most one is captured.
 *
 * <p>Every question to the provider is saved before it is asked: an answer that gets lost, or a process that dies while
 * waiting for it, leaves {@link Unknown} or {@link Refunding}, and the question is asked again by the same key.
 */
public sealed interface Payment {

    OrderId order();

    /** 1 for a new payment, one more with each change. */
    int version();

    default PaymentStatus status() {
        return switch (this) {
            case Requested _, Unknown _ -> PaymentStatus.PENDING;
            case Captured _, PartRefunded _ -> PaymentStatus.PAID;
            case Declined _ -> PaymentStatus.DECLINED;
            case PartRefunding _, Refunding _ -> PaymentStatus.REFUNDING;
            case Refunded _ -> PaymentStatus.REFUNDED;
            case Voided _ -> PaymentStatus.VOIDED;
        };
    }

    /** The charge; a payment that was voided before it has none. */
    default Optional<Charge> demand() {
        return switch (this) {
            case Charged it -> Optional.of(it.charge());
            case Voided it -> it.charge();
        };
    }

    /** The refunded amount so far, if any. */
    default Optional<Money> refunded() {
        return switch (this) {
            case PartRefunding it -> Optional.of(it.before()).filter(sum -> sum.amount() > 0);
            case PartRefunded it -> Optional.of(it.sum());
            case Refunded it -> Optional.of(it.charge().amount());
            case Requested _, Unknown _, Captured _, Declined _, Refunding _, Voided _ -> Optional.empty();
        };
    }

    /** The time of the next request to the provider; empty in a final state. */
    default Optional<Instant> askAt() {
        return switch (this) {
            case Requested it -> Optional.of(it.requestedAt());
            case Unknown it -> Optional.of(it.askAgainAt());
            case PartRefunding it -> Optional.of(it.askAgainAt());
            case Refunding it -> Optional.of(it.askAgainAt());
            case PartRefunded _, Captured _, Declined _, Refunded _, Voided _ -> Optional.empty();
        };
    }

    /**
     * One attempt to be paid: who pays how much, and how.
     *
     * @param attempt from 1; the order and this number are the provider's key of it
     */
    record Charge(OrderId order, int attempt, CustomerId customer, Money amount, PaymentMethod method) {
        public Charge {
            if (attempt < 1) {
                throw new IllegalArgumentException("Attempts to pay are counted from 1");
            }
        }

        /** The first attempt. */
        public static Charge first(OrderId order, CustomerId customer, Money amount, PaymentMethod method) {
            return new Charge(order, 1, customer, amount, method);
        }
    }

    /** A payment with a charge. */
    sealed interface Charged extends Payment {

        Charge charge();

        @Override
        default OrderId order() {
            return charge().order();
        }
    }

    /** Requested, and not sent to the provider yet. */
    record Requested(Charge charge, Instant requestedAt, int version) implements Charged {

        Unknown asked(Instant again) {
            return new Unknown(charge, 1, again, version + 1);
        }
    }

    /** A charge was sent and its outcome is unknown, such as after a timeout. */
    record Unknown(Charge charge, int attempts, Instant askAgainAt, int version) implements Charged {

        Unknown asked(Instant again) {
            return new Unknown(charge, attempts + 1, again, version + 1);
        }
    }

    /** @param reference the provider's own name for the capture */
    record Captured(Charge charge, String reference, int version) implements Charged {}

    /** The last attempt was declined; another one may follow. */
    record Declined(Charge charge, String reason, int version) implements Charged {}

    /**
     * A part of what was captured is to be given back.
     *
     * @param before the sum of the parts that were given back before
     * @param part this one's amount, less than what is left
     * @param number how many parts there are with this one; the order and this number are the provider's key of it
     */
    record PartRefunding(
            Charge charge,
            String reference,
            Money before,
            Money part,
            int number,
            int attempts,
            Instant askAgainAt,
            int version)
            implements Charged {

        PartRefunding asked(Instant again) {
            return new PartRefunding(charge, reference, before, part, number, attempts + 1, again, version + 1);
        }

        PartRefunding unanswered(Instant again) {
            return new PartRefunding(charge, reference, before, part, number, attempts, again, version + 1);
        }
    }

    /**
     * A part of what was captured has been given back, and the rest has not.
     *
     * @param sum of the parts
     * @param number how many parts they are
     */
    record PartRefunded(Charge charge, String reference, Money sum, int number, int version) implements Charged {}

    /** Everything that was captured, or is being captured, is to be refunded. */
    record Refunding(Charge charge, Goods goods, int attempts, Instant askAgainAt, int version) implements Charged {

        /** The ordered products are back in stock. */
        public Refunding(Charge charge, int attempts, Instant askAgainAt, int version) {
            this(charge, Goods.RETURNED, attempts, askAgainAt, version);
        }

        Refunding asked(Instant again) {
            return new Refunding(charge, goods, attempts + 1, again, version + 1);
        }
    }

    record Refunded(Charge charge, Goods goods, int version) implements Charged {}

    /** Called off before anything was captured; a late command to capture finds this and does nothing. */
    record Voided(OrderId order, Optional<Charge> charge, int version) implements Payment {}

    /**
     * The backoff before the next retry after a timeout: 1 s, 4 s, 16 s, 64 s, then every 5 minutes, without a limit.
     *
     * @param attempts so far; none counts as one, since a request has just been sent
     */
    static Duration backoff(int attempts) {
        return attempts > 4 ? Duration.ofMinutes(5) : Duration.ofSeconds(1L << (2 * (Math.max(attempts, 1) - 1)));
    }
}
