package dev.hexmart.adapter.paymentsandbox;

import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Blocked;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Captured;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Declined;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.PartRefunded;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Refunded;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands in for a payment provider. The means of payment says how it behaves:
 *
 * <ul>
 *   <li>{@code card-ok} is captured,
 *   <li>{@code card-declined} is declined,
 *   <li>{@code card-slow} is captured after a few seconds,
 *   <li>{@code card-lost} is captured, but the answer never arrives: only who asks again learns it.
 * </ul>
 */
public final class SandboxPaymentProvider implements PaymentProvider {

    private static final List<PaymentMethodOffer> METHODS = List.of(
            offer("card-ok", "A card that works", "Sandbox: the payment goes through at once."),
            offer(
                    "card-declined",
                    "A card that is declined",
                    "Sandbox: the bank declines the payment. The order stays reserved for a while, so that you can pay by another card."),
            offer("card-slow", "A slow card", "Sandbox: the bank takes a few seconds to answer."),
            offer(
                    "card-lost",
                    "A card whose answer gets lost",
                    "Sandbox: the payment is captured, but the bank’s answer never arrives (a timeout). The shop retries until it knows the result."));

    private static final String DECLINED = "The card was declined";

    private final Ledger ledger;
    private final Latency latency;

    public SandboxPaymentProvider(Ledger ledger, Latency latency) {
        this.ledger = ledger;
        this.latency = latency;
    }

    /**
     * How long things take.
     *
     * @param slow until {@code card-slow} is captured
     * @param timeout how long the answer for {@code card-lost} is waited for in vain
     * @param clock lets time pass
     */
    public record Latency(Duration slow, Duration timeout, Waiting clock) {

        public static Latency realistic() {
            return new Latency(Duration.ofSeconds(2), Duration.ofSeconds(3), Thread::sleep);
        }
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Waiting {
        void pass(Duration time) throws InterruptedException;
    }

    private static PaymentMethodOffer offer(String method, String name, String explanation) {
        return new PaymentMethodOffer(new PaymentMethod(method), name, explanation);
    }

    @Override
    public List<PaymentMethodOffer> methods() {
        return METHODS;
    }

    @Override
    public ProviderAnswer.ToCapture capture(Charge charge) {
        boolean first =
                ledger.find(charge.order()).filter(it -> decides(it, charge)).isEmpty();
        if (first && charge.method().token().equals("card-slow") && !waited(latency.slow())) {
            return new ProviderAnswer.ToCapture.NoAnswer();
        }
        LedgerEntry entry = ledger.change(
                charge.order(),
                present -> present.filter(it -> decides(it, charge)).orElseGet(() -> decide(charge)));
        if (first && charge.method().token().equals("card-lost")) {
            waited(latency.timeout());
            return new ProviderAnswer.ToCapture.NoAnswer();
        }
        return switch (entry) {
            case Captured captured when charge.attempt() < captured.attempt() -> declined();
            case Captured captured -> new ProviderAnswer.ToCapture.Captured(captured.reference());
            case PartRefunded part when charge.attempt() < part.attempt() -> declined();
            case PartRefunded part -> new ProviderAnswer.ToCapture.Captured(part.reference());
            case Refunded refunded -> new ProviderAnswer.ToCapture.Captured(refunded.reference());
            case Declined declined -> new ProviderAnswer.ToCapture.Declined(declined.reason());
            case Blocked _ -> new ProviderAnswer.ToCapture.Declined("The payment was called off");
        };
    }

    @Override
    public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
        Optional<LedgerEntry> present = ledger.find(order);
        if (present.isEmpty()) {
            return new ProviderAnswer.ToRefund.NothingCaptured();
        }
        LedgerEntry entry = ledger.change(order, before -> without(before.orElseThrow(), number, part));
        return entry instanceof PartRefunded it && it.number() >= number
                ? new ProviderAnswer.ToRefund.Refunded()
                : new ProviderAnswer.ToRefund.NothingCaptured();
    }

    /** The entry after a part was given back, or as it was where that part was given back before or cannot be. */
    private static LedgerEntry without(LedgerEntry entry, int number, Money part) {
        return switch (entry) {
            case Captured it
            when part.compareTo(it.amount()) <= 0 ->
                new PartRefunded(it.order(), it.attempt(), it.amount(), it.reference(), part, number);
            case PartRefunded it
            when number > it.number() && part.compareTo(it.amount().minus(it.sum())) <= 0 ->
                new PartRefunded(
                        it.order(),
                        it.attempt(),
                        it.amount(),
                        it.reference(),
                        it.sum().plus(part),
                        number);
            case Captured _, PartRefunded _, Refunded _, Declined _, Blocked _ -> entry;
        };
    }

    @Override
    public ProviderAnswer.ToRefund refund(OrderId order) {
        LedgerEntry entry = ledger.change(order, present -> switch (present.orElseGet(() -> new Blocked(order))) {
            case Captured captured -> new Refunded(order, captured.amount(), captured.reference());
            case PartRefunded part -> new Refunded(order, part.amount(), part.reference());
            case Refunded refunded -> refunded;
            case Declined _ -> new Blocked(order);
            case Blocked blocked -> blocked;
        });
        return switch (entry) {
            case Refunded _ -> new ProviderAnswer.ToRefund.Refunded();
            case Captured _, PartRefunded _, Declined _, Blocked _ -> new ProviderAnswer.ToRefund.NothingCaptured();
        };
    }

    /** The provider's own books, to be held against ours. */
    public Map<OrderId, LedgerEntry> books() {
        return ledger.all();
    }

    /** Whether what is in the books is the answer to this charge already: only a declined attempt leaves room for a later one. */
    private static boolean decides(LedgerEntry entry, Charge charge) {
        return !(entry instanceof Declined declined) || charge.attempt() <= declined.attempt();
    }

    private static ProviderAnswer.ToCapture declined() {
        return new ProviderAnswer.ToCapture.Declined(DECLINED);
    }

    private static LedgerEntry decide(Charge charge) {
        return switch (charge.method().token()) {
            case "card-ok", "card-slow", "card-lost" ->
                new Captured(charge.order(), charge.attempt(), charge.amount(), "sandbox-" + charge.order());
            case "card-declined" -> new Declined(charge.order(), charge.attempt(), DECLINED);
            default -> new Declined(charge.order(), charge.attempt(), "The payment method is unknown");
        };
    }

    /** Returns whether the time has really passed. */
    private boolean waited(Duration time) {
        try {
            latency.clock().pass(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
