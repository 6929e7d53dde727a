package dev.hexmart.application.payment;

import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer.ToCapture;
import dev.hexmart.domain.payment.ProviderAnswer.ToRefund;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A provider that keeps its books in memory, and some of whose answers get lost. */
public final class InMemoryPaymentProvider implements PaymentProvider {

    public static final PaymentMethod GOOD = new PaymentMethod("card-ok");
    public static final PaymentMethod DECLINED = new PaymentMethod("card-declined");
    /** Captured, but the answer to the first question gets lost. */
    public static final PaymentMethod LOST = new PaymentMethod("card-lost");

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
     * @param captured what was captured, if anything was
     */
    public record Account(ToCapture answer, Optional<Money> captured, boolean refunded) {

        private static Account declined(String reason) {
            return new Account(new ToCapture.Declined(reason), Optional.empty(), false);
        }

        /** Whether the provider still has the customer's money. */
        public boolean holdsMoney() {
            return captured.isPresent() && !refunded;
        }
    }

    public synchronized Optional<Account> account(OrderId order) {
        return Optional.ofNullable(accounts.get(order));
    }

    @Override
    public synchronized ToCapture capture(Charge charge) {
        boolean first = !accounts.containsKey(charge.order());
        Account account = accounts.computeIfAbsent(charge.order(), _ -> open(charge));
        boolean lost = first && charge.method().equals(LOST);
        return lost || loses.getAsBoolean() ? new ToCapture.Silence() : account.answer();
    }

    @Override
    public synchronized ToRefund refund(OrderId order) {
        Account before = accounts.computeIfAbsent(order, _ -> Account.declined("Called off"));
        Account after = new Account(
                before.answer(), before.captured(), before.captured().isPresent());
        accounts.put(order, after);
        if (loses.getAsBoolean()) {
            return new ToRefund.Silence();
        }
        return after.refunded() ? new ToRefund.Refunded() : new ToRefund.NothingCaptured();
    }

    private static Account open(Charge charge) {
        return charge.method().equals(DECLINED)
                ? Account.declined("The card was declined")
                : new Account(
                        new ToCapture.Captured("capture-of-" + charge.order()), Optional.of(charge.amount()), false);
    }
}
