package dev.hexmart.adapter.json;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.HistoryNote.Cancelled;
import dev.hexmart.domain.ordering.HistoryNote.Milestone;
import dev.hexmart.domain.ordering.HistoryNote.PaidAfterRefund;
import dev.hexmart.domain.ordering.HistoryNote.PartlyRefunded;
import dev.hexmart.domain.ordering.HistoryNote.PaymentDeclined;
import dev.hexmart.domain.ordering.HistoryNote.Refunded;
import dev.hexmart.domain.ordering.HistoryNote.SoldOut;
import dev.hexmart.domain.ordering.HistoryNote.Text;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.shared.Goods;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.stream.Collectors;

/** A note of an order's history: as a code with data, as it is stored, and in the words that the API shows. */
public final class HistoryNoteJson {

    private static final String SOLD_OUT = "SOLD_OUT";
    private static final String CANCELLED = "CANCELLED";
    private static final String PAYMENT_DECLINED = "PAYMENT_DECLINED";
    private static final String PAID_AFTER_REFUND = "PAID_AFTER_REFUND";
    private static final String PARTLY_REFUNDED = "PARTLY_REFUNDED";
    private static final String REFUNDED = "REFUNDED";
    private static final String TEXT = "TEXT";

    private HistoryNoteJson() {}

    public static String code(HistoryNote note) {
        return switch (note) {
            case Milestone milestone -> milestone.name();
            case SoldOut _ -> SOLD_OUT;
            case Cancelled _ -> CANCELLED;
            case PaymentDeclined _ -> PAYMENT_DECLINED;
            case PaidAfterRefund _ -> PAID_AFTER_REFUND;
            case PartlyRefunded _ -> PARTLY_REFUNDED;
            case Refunded _ -> REFUNDED;
            case Text _ -> TEXT;
        };
    }

    /** The data beside the code; an empty object where there is none. */
    public static JsonObject data(HistoryNote note) {
        var data = Json.object();
        switch (note) {
            case Milestone _ -> {}
            case SoldOut(var products) -> data.add("products", Json.array(products, Json::text));
            case Cancelled(CancellationReason reason) -> data.add("reason", reason.name());
            case PaymentDeclined(String reason) -> data.add("reason", reason);
            case PaidAfterRefund(var refunded) -> data.add("refunded", MoneyJson.write(refunded));
            case PartlyRefunded(var part, var sum) ->
                data.add("part", MoneyJson.write(part)).add("sum", MoneyJson.write(sum));
            case Refunded(Goods goods) -> data.add("goods", RefundJson.word(goods));
            case Text(String text) -> data.add("text", text);
        }
        return data.build();
    }

    /** Reads what {@link #code} and {@link #data} wrote; anything else is an {@link IllegalArgumentException}. */
    public static HistoryNote read(String code, String data) {
        return switch (code) {
            case SOLD_OUT -> read(data, "products", value -> new SoldOut(value.list(LineItemJson::product)));
            case CANCELLED -> read(data, "reason", value -> new Cancelled(CancellationReason.valueOf(value.text())));
            case PAYMENT_DECLINED -> read(data, "reason", value -> new PaymentDeclined(value.text()));
            case PAID_AFTER_REFUND -> read(data, "refunded", value -> new PaidAfterRefund(MoneyJson.read(value)));
            case PARTLY_REFUNDED -> JsonInput.parse(data).as(HistoryNoteJson::partlyRefunded);
            case REFUNDED -> read(data, "goods", value -> new Refunded(RefundJson.goods(value)));
            case TEXT -> read(data, "text", value -> new Text(value.text()));
            default -> Milestone.valueOf(code);
        };
    }

    /** What the order's customer and the shop's employees read. */
    public static String words(Order order, HistoryNote note) {
        Instant payBy = order.purchase().payBy();
        String total = MoneyJson.words(order.purchase().total());
        return switch (note) {
            case Milestone.PLACED -> "Placed";
            case Milestone.STOCK_HELD -> "Its stock is held until " + payBy;
            case Milestone.PAID -> "Paid";
            case Milestone.REFUNDED_TOO_EARLY -> "Its money has been given back";
            case Milestone.PAID_TOO_LATE -> "Paid too late; the money goes back";
            case Milestone.LATE_MONEY_REFUNDED -> "The money has been given back";
            case SoldOut soldOut -> "Sold out: " + names(order, soldOut);
            case Cancelled(CancellationReason reason) -> words(reason, payBy);
            case PaymentDeclined(String reason) -> "Payment declined: " + reason;
            case PaidAfterRefund(var refunded) -> "Paid; given back: " + MoneyJson.words(refunded) + " of " + total;
            case PartlyRefunded(var part, var sum) ->
                "Given back: " + MoneyJson.words(part) + "; " + MoneyJson.words(sum) + " in all, of " + total;
            case Refunded(Goods goods) ->
                switch (goods) {
                    case RETURNED -> "The money has been given back";
                    case OUTSTANDING -> "The money has been given back; the goods have not come back";
                };
            case Text(String text) -> text;
        };
    }

    private static String words(CancellationReason reason, Instant payBy) {
        return switch (reason) {
            case SOLD_OUT -> "Sold out";
            case PAYMENT_DECLINED -> "Not paid by " + payBy + "; the last payment was declined";
            case EXPIRED -> "Not paid by " + payBy;
            case ON_REQUEST -> "Cancelled by the customer";
            case BY_SHOP -> "Cancelled by the shop";
            case PAID_TOO_EARLY -> "Paid before its stock was held; the money goes back";
        };
    }

    private static String names(Order order, SoldOut soldOut) {
        return order.purchase().lines().stream()
                .filter(line -> soldOut.products().contains(line.product()))
                .map(OrderLine::name)
                .collect(Collectors.joining(", "));
    }

    private static HistoryNote partlyRefunded(JsonInput input) {
        var members = input.members();
        var part = members.required("part", MoneyJson::read);
        var sum = members.required("sum", MoneyJson::read);
        return members.build(() -> new PartlyRefunded(part.get(), sum.get()));
    }

    private static HistoryNote read(String data, String member, Form<HistoryNote> form) {
        return JsonInput.parse(data).as(input -> input.member(member, form));
    }
}
