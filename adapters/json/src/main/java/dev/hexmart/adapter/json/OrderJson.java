package dev.hexmart.adapter.json;

import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** An order, whole or as the short answers to what was done with it. */
public final class OrderJson {

    private OrderJson() {}

    /** The customer's view of an order, with the id of the trace in which it was placed, for support. */
    public static JsonObject write(Order order, Optional<String> traceId) {
        JsonObjectBuilder json = whole(order);
        traceId.ifPresent(id -> json.add("traceId", id));
        return json.build();
    }

    /** All that its customer may know of it. */
    public static JsonObject write(Order order) {
        return whole(order).build();
    }

    private static JsonObjectBuilder whole(Order order) {
        Purchase purchase = order.purchase();
        JsonObjectBuilder json = status(order.id(), order.status())
                .add("number", OrderNumber.of(order.id()).toString())
                .add("userId", purchase.customer().toString())
                .add("lines", Json.array(purchase.lines(), OrderJson::line))
                .add("total", MoneyJson.write(purchase.total()))
                .add("placedAt", purchase.placedAt().toString())
                .add("payBy", purchase.payBy().toString())
                .add("history", history(order));
        if (order instanceof Order.Reserved reserved && reserved.declined() > 0) {
            json.add("declined", reserved.declined());
        }
        if (order instanceof Order.Paid paid && paid.refunded().amount() > 0) {
            json.add("refunded", MoneyJson.write(paid.refunded()));
        }
        if (order instanceof Order.Cancelled cancelled) {
            json.add("reason", cancelled.reason().name());
        }
        purchase.method().ifPresent(method -> json.add("payment", Json.object().add("method", method.token())));
        return json;
    }

    /** {@code {"orderId", "status": "PENDING", "total": {…}}}: the answer to placing it, whatever has become of it since. */
    public static JsonObject placed(OrderId order, Money total) {
        return status(order, OrderStatus.PENDING)
                .add("total", MoneyJson.write(total))
                .build();
    }

    /** {@code {"orderId", "status"}}. */
    public static JsonObject status(Order order) {
        return status(order.id(), order.status()).build();
    }

    /** One step of its life as it is told to who follows it. @param version the entry's place in the history, from 1 */
    public static JsonObject event(Order order, int version, HistoryEntry entry) {
        return status(order.id(), entry.status())
                .add("at", entry.at().toString())
                .add("note", HistoryNoteJson.words(order, entry.note()))
                .add("version", version)
                .build();
    }

    private static JsonObjectBuilder status(OrderId order, OrderStatus status) {
        return Json.object().add("orderId", order.toString()).add("status", status.name());
    }

    private static JsonObject line(OrderLine line) {
        return Json.object()
                .add("productId", line.product().toString())
                .add("name", line.name())
                .add("unitPrice", MoneyJson.write(line.unitPrice()))
                .add("quantity", line.quantity().value())
                .add("total", MoneyJson.write(line.total()))
                .build();
    }

    private static JsonArrayBuilder history(Order order) {
        JsonArrayBuilder array = Json.array(List.of(), Json::text);
        List<HistoryEntry> history = order.history();
        for (int i = 0; i < history.size(); i++) {
            HistoryEntry entry = history.get(i);
            array.add(Json.object()
                    .add("version", i + 1)
                    .add("status", entry.status().name())
                    .add("at", entry.at().toString())
                    .add("note", HistoryNoteJson.words(order, entry.note())));
        }
        return array;
    }
}
