package dev.hexmart.application.payment;

import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer.ToCapture;
import dev.hexmart.domain.payment.ProviderAnswer.ToRefund;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A provider that keeps its books in memory, and some of whose answers get lost. */
public final class InMemoryPaymentProvider implements PaymentProvider {

    public static final PaymentMethod GOOD = new PaymentMethod("card-ok");
    public static final PaymentMethod DECLINED = new PaymentMethod("card-declined");
    /** Captured, but the answer to the first question gets lost. */
    public static final PaymentMethod LOST = new PaymentMethod("card-lost");

    private static final List<PaymentMethodOffer> METHODS = List.of(
            new PaymentMethodOffer(GOOD, "A good card", "It pays."),
            new PaymentMethodOffer(DECLINED, "A bad card", "It never pays."),
            new PaymentMethodOffer(LOST, "A card whose answer gets lost", "It pays, but the first answer gets lost."));

    private final Map<OrderId, Account> accounts = new HashMap<>();
    private final BooleanSupplier loses;

    /** @param loses whether this answer, whatever it is, gets lost on its way */
    public InMemoryPaymentProvider(BooleanSupplier loses) {
        this.loses = loses;
    }

    public static InMemoryPaymentProvider create() {
        return new InMemoryPaymentProvider(() -> false);
    }

    /**
     * What the provider has in its books about one order.
     *
     * @param answers by the number of the attempt
     * @param captured what was captured, if anything was
     * @param parts what was given back in parts, by their numbers
     * @param refunded whether everything was to be given back, after which nothing is captured
     */
    public record Account(
            Map<Integer, ToCapture> answers, Optional<Money> captured, Map<Integer, Money> parts, boolean refunded) {

        private static final Account EMPTY = new Account(Map.of(), Optional.empty(), Map.of(), false);

        public Account {
            answers = Map.copyOf(answers);
            parts = Map.copyOf(parts);
        }

        /** In minor units. */
        public long givenBack() {
            return refunded ? captured.map(Money::amount).orElse(0L) : inParts();
        }

        private long inParts() {
            return parts.values().stream().mapToLong(Money::amount).sum();
        }

        private Account without(int number, Money part) {
            boolean enough = !refunded
                    && captured.filter(all -> all.amount() - inParts() >= part.amount())
                            .isPresent();
            if (parts.containsKey(number) || !enough) {
                return this;
            }
            Map<Integer, Money> next = new HashMap<>(parts);
            next.put(number, part);
            return new Account(answers, captured, next, false);
        }

        /** The account after the attempt; one that was answered before changes nothing. */
        private Account after(Charge charge) {
            if (answers.containsKey(charge.attempt())) {
                return this;
            }
            ToCapture answer = decide(charge);
            Map<Integer, ToCapture> next = new HashMap<>(answers);
            next.put(charge.attempt(), answer);
            boolean paid = captured.isPresent() || answer instanceof ToCapture.Captured;
            return new Account(next, paid ? Optional.of(captured.orElse(charge.amount())) : captured, parts, refunded);
        }

        private ToCapture decide(Charge charge) {
            Optional<ToCapture> earlier = answers.values().stream()
                    .filter(ToCapture.Captured.class::isInstance)
                    .findFirst();
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (refunded) {
                return new ToCapture.Declined("Called off");
            }
            return charge.method().equals(GOOD) || charge.method().equals(LOST)
                    ? new ToCapture.Captured("capture-of-" + charge.order())
                    : new ToCapture.Declined("The card was declined");
        }

        /** Whether the provider still has the customer's money. */
        public boolean holdsMoney() {
            return captured.isPresent() && !refunded;
        }
    }

    /** The books, by order. */
    public synchronized Map<OrderId, Account> accounts() {
        return Map.copyOf(accounts);
    }

    public synchronized Optional<Account> account(OrderId order) {
        return Optional.ofNullable(accounts.get(order));
    }

    @Override
    public List<PaymentMethodOffer> methods() {
        return METHODS;
    }

    @Override
    public synchronized ToCapture capture(Charge charge) {
        Account before = accounts.getOrDefault(charge.order(), Account.EMPTY);
        Account after = before.after(charge);
        accounts.put(charge.order(), after);
        boolean lost = !before.equals(after) && charge.method().equals(LOST);
        return lost || loses.getAsBoolean()
                ? new ToCapture.NoAnswer()
                : after.answers().get(charge.attempt());
    }

    @Override
    public synchronized ToRefund refundPart(OrderId order, int number, Money part) {
        Account after = accounts.getOrDefault(order, Account.EMPTY).without(number, part);
        accounts.put(order, after);
        if (loses.getAsBoolean()) {
            return new ToRefund.NoAnswer();
        }
        return after.parts().containsKey(number) ? new ToRefund.Refunded() : new ToRefund.NothingCaptured();
    }

    @Override
    public synchronized ToRefund refund(OrderId order) {
        Account before = accounts.getOrDefault(order, Account.EMPTY);
        Account after = new Account(before.answers(), before.captured(), before.parts(), true);
        accounts.put(order, after);
        if (loses.getAsBoolean()) {
            return new ToRefund.NoAnswer();
        }
        return after.captured().isPresent() ? new ToRefund.Refunded() : new ToRefund.NothingCaptured();
    }
}
