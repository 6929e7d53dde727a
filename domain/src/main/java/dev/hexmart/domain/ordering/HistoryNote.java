package dev.hexmart.domain.ordering;

import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;

/** What one step of an order's history did, as a type with its data; it is put into words where it is shown. */
public sealed interface HistoryNote {

    /** The steps that need no data beside the order itself. */
    enum Milestone implements HistoryNote {
        PLACED,
        STOCK_HELD,
        PAID,
        /** The provider had given the money back before the stock was held. */
        REFUNDED_TOO_EARLY,
        /** Paid after the cancellation; the money goes back. */
        PAID_TOO_LATE,
        /** The money that came after the cancellation has been given back. */
        LATE_MONEY_REFUNDED
    }

    /** @param products those of the order that the stock could not fill */
    record SoldOut(List<ProductId> products) implements HistoryNote {
        public SoldOut {
            products = List.copyOf(products);
        }
    }

    record Cancelled(CancellationReason reason) implements HistoryNote {}

    /** @param reason in the provider's words */
    record PaymentDeclined(String reason) implements HistoryNote {}

    /** It is paid, and refunds had overtaken the capture. @param refunded the sum that is given back already */
    record PaidAfterRefund(Money refunded) implements HistoryNote {}

    /** @param sum of this partial refund and the earlier ones */
    record PartlyRefunded(Money part, Money sum) implements HistoryNote {}

    record Refunded(Goods goods) implements HistoryNote {}

    /** The words of an entry that was stored before notes had types. */
    record Text(String text) implements HistoryNote {}
}
