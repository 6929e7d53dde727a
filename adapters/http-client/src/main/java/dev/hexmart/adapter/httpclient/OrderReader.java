package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orders, read from the orders service with the caller's rights. */
public final class OrderReader {

    private final ServiceClient orders;

    public OrderReader(ServiceClient orders) {
        this.orders = orders;
    }

    /** So many pieces at the price that was agreed. */
    public record Line(ProductId product, String name, int quantity, Money total) {}

    /** One step of an order's life. */
    public record Step(OrderStatus status, Instant at, String note) {}

    /**
     * An order.
     *
     * @param reason why it was cancelled, if it was
     * @param customer whose it is
     * @param method by what it is paid, where that was said when it was placed
     * @param declined the number of the last attempt to pay it that was declined; 0 for none
     * @param trace the id of the trace that it was placed in
     */
    public record Order(
            OrderId id,
            String customer,
            OrderStatus status,
            List<Line> lines,
            Money total,
            Instant placedAt,
            Instant payBy,
            List<Step> history,
            Optional<CancellationReason> reason,
            Optional<String> method,
            int declined,
            Optional<String> trace) {}

    /** A part of the list, the latest first. @param next the cursor of where it goes on */
    public record Listing(List<Order> orders, Optional<String> next) {}

    /** The customer's own. @return nothing where the cursor is none that was given out */
    public Optional<Listing> list(Optional<String> cursor, Credential credential) {
        return list("/orders?mine=true", cursor, credential);
    }

    /** Orders of all customers, for callers with the role. @param status only orders in it, if given */
    public Optional<Listing> listAll(Optional<OrderStatus> status, Optional<String> cursor, Credential credential) {
        return list("/orders?mine=false" + status.map(only -> "&status=" + only).orElse(""), cursor, credential);
    }

    /** The same of those that have this number: seldom more than one. */
    public Optional<Listing> listAll(
            Optional<OrderStatus> status, OrderNumber number, Optional<String> cursor, Credential credential) {
        String only = status.map(one -> "&status=" + one).orElse("");
        return list("/orders?mine=false&number=" + number + only, cursor, credential);
    }

    private Optional<Listing> list(String which, Optional<String> cursor, Credential credential) {
        String from = cursor.filter(text -> text.matches("[A-Za-z0-9_-]{1,500}"))
                .map(text -> "&cursor=" + text)
                .orElse("");
        Answer answer = orders.get(which + from, credential);
        return switch (answer.status()) {
            case 200 ->
                Optional.of(new Listing(answer.read(list -> list.list(OrderReader::order)), NextCursor.of(answer)));
            case 400 -> Optional.empty();
            default -> throw answer.unexpected();
        };
    }

    /** @return nothing where there is no such order, or it is not theirs to see */
    public Optional<Order> find(OrderId id, Credential credential) {
        return orders.get("/orders/" + id, credential).found(OrderReader::order);
    }

    private static Order order(JsonInput input) {
        var members = input.members();
        var id = members.required("orderId", value -> OrderId.parse(value.text()));
        var customer = members.required("userId", JsonInput::text);
        var status = members.required("status", OrderReader::status);
        var lines = members.required("lines", value -> value.list(OrderReader::line));
        var total = members.required("total", MoneyJson::read);
        var placedAt = members.required("placedAt", OrderReader::time);
        var payBy = members.required("payBy", OrderReader::time);
        var history = members.required("history", value -> value.list(OrderReader::step));
        var reason = members.optional("reason", value -> CancellationReason.valueOf(value.text()));
        var method = members.optional("payment", value -> value.member("method", JsonInput::text));
        var declined = members.optional("declined", value -> (int) value.wholeNumber(0, Integer.MAX_VALUE));
        var trace = members.optional("traceId", JsonInput::text);
        return members.build(() -> new Order(
                id.get(),
                customer.get(),
                status.get(),
                lines.get(),
                total.get(),
                placedAt.get(),
                payBy.get(),
                history.get(),
                reason,
                method,
                declined.orElse(0),
                trace));
    }

    private static Line line(JsonInput input) {
        var members = input.members();
        var product = members.required("productId", value -> ProductId.parse(value.text()));
        var name = members.required("name", JsonInput::text);
        var quantity = members.required("quantity", value -> (int) value.wholeNumber(1, Quantity.MAX));
        var total = members.required("total", MoneyJson::read);
        return members.build(() -> new Line(product.get(), name.get(), quantity.get(), total.get()));
    }

    private static Step step(JsonInput input) {
        var members = input.members();
        var status = members.required("status", OrderReader::status);
        var at = members.required("at", OrderReader::time);
        var note = members.required("note", JsonInput::text);
        return members.build(() -> new Step(status.get(), at.get(), note.get()));
    }

    private static OrderStatus status(JsonInput input) {
        return OrderStatus.valueOf(input.text());
    }

    static Instant time(JsonInput input) {
        try {
            return Instant.parse(input.text());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Must be a time of ISO 8601", e);
        }
    }
}
