package dev.hexmart.adapter.json.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.json.Form;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.LineItemJson;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.adapter.json.RefundJson;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The messages on the bus, as CloudEvents 1.0 in their structured JSON form.
 *
 * <p>A type ends with its version: a change that an old receiver could not read is a new type beside the old one.
 */
public final class MessageCodec {

    /** What the body of a message is, for the bus. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final int MAX_LENGTH = 256 * 1024;

    /** The trace context, as CloudEvents' distributed tracing extension names it. */
    private static final List<String> TRACE_ATTRIBUTES = List.of("traceparent", "tracestate");

    private static final String RESERVE_STOCK = "dev.hexmart.stock.reserve.v1";
    private static final String COMMIT_STOCK = "dev.hexmart.stock.commit.v1";
    private static final String RELEASE_STOCK = "dev.hexmart.stock.release.v1";
    private static final String STOCK_RESERVED = "dev.hexmart.stock.reserved.v1";
    private static final String STOCK_REJECTED = "dev.hexmart.stock.rejected.v1";
    private static final String CAPTURE_PAYMENT = "dev.hexmart.payment.capture.v1";
    private static final String REFUND_PAYMENT = "dev.hexmart.payment.refund.v1";
    private static final String PAYMENT_CAPTURED = "dev.hexmart.payment.captured.v1";
    private static final String PAYMENT_DECLINED = "dev.hexmart.payment.declined.v1";
    private static final String PAYMENT_PARTLY_REFUNDED = "dev.hexmart.payment.partly-refunded.v1";
    private static final String PAYMENT_REFUNDED = "dev.hexmart.payment.refunded.v1";

    /** A media type whose content is JSON, as CloudEvents' JSON format says: by its subtype, its parameters are no part of it. */
    private static final Pattern JSON_TYPE =
            Pattern.compile("[\\w!#$&^.+-]+/(json|[\\w!#$&^.+-]+\\+json)\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private MessageCodec() {}

    /** The CloudEvents type of a message, which is its routing key as well. */
    public static String type(Message message) {
        return switch (message) {
            case ReserveStock _ -> RESERVE_STOCK;
            case CommitStock _ -> COMMIT_STOCK;
            case ReleaseStock _ -> RELEASE_STOCK;
            case StockReserved _ -> STOCK_RESERVED;
            case StockRejected _ -> STOCK_REJECTED;
            case CapturePayment _ -> CAPTURE_PAYMENT;
            case RefundPayment _ -> REFUND_PAYMENT;
            case PaymentCaptured _ -> PAYMENT_CAPTURED;
            case PaymentDeclined _ -> PAYMENT_DECLINED;
            case PaymentPartlyRefunded _ -> PAYMENT_PARTLY_REFUNDED;
            case PaymentRefunded _ -> PAYMENT_REFUNDED;
        };
    }

    /** The types of all messages for one context: what its queue is bound to. */
    public static List<String> types(Destination<?> destination) {
        return switch (destination) {
            case Destination.Catalog _ -> List.of(RESERVE_STOCK, COMMIT_STOCK, RELEASE_STOCK);
            case Destination.Payment _ -> List.of(CAPTURE_PAYMENT, REFUND_PAYMENT);
            case Destination.Ordering _ ->
                List.of(
                        STOCK_RESERVED,
                        STOCK_REJECTED,
                        PAYMENT_CAPTURED,
                        PAYMENT_DECLINED,
                        PAYMENT_PARTLY_REFUNDED,
                        PAYMENT_REFUNDED);
        };
    }

    /** @param traceHeaders the W3C trace context, empty if there is none; other headers are left out */
    public static String encode(UUID id, Message message, Instant time, Map<String, String> traceHeaders) {
        JsonObjectBuilder event = Json.object()
                .add("specversion", "1.0")
                .add("id", id.toString())
                .add("source", source(message))
                .add("type", type(message))
                .add("subject", message.order().toString())
                .add("time", time.toString())
                .add("datacontenttype", "application/json");
        for (String attribute : TRACE_ATTRIBUTES) {
            if (traceHeaders.containsKey(attribute)) {
                event.add(attribute, traceHeaders.get(attribute));
            }
        }
        return event.add("data", data(message)).build().toString();
    }

    /**
     * Reads what {@link #encode} wrote, here or in another version, and what other libraries for CloudEvents make of it;
     * throws {@link UnreadableMessage} naming what is wrong.
     */
    public static Received<Message> decode(String body) {
        if (body.length() > MAX_LENGTH) {
            throw new UnreadableMessage(
                    "A message of %d characters is longer than the %d taken".formatted(body.length(), MAX_LENGTH));
        }
        try {
            return parse(body).as(MessageCodec::event);
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessage(e);
        }
    }

    private static Received<Message> event(JsonInput input) {
        var members = input.members();
        members.required("specversion", MessageCodec::supportedVersion);
        members.optional("datacontenttype", MessageCodec::supportedContent);
        var id = members.required("id", MessageCodec::id);
        var form = members.required("type", value -> dataForm(value.text()));
        Optional<JsonInput> encoded = members.optional("data_base64", MessageCodec::decoded);
        Supplier<JsonInput> data =
                encoded.isPresent() ? encoded::orElseThrow : members.required("data", value -> value);
        return members.build(() -> new Received<>(id.get(), data.get().as(form.get())));
    }

    /** The JDK's own words would quote what is no UUID, and the log would say it again. */
    private static UUID id(JsonInput input) {
        String text = input.text();
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Must be a UUID");
        }
    }

    private static String supportedVersion(JsonInput input) {
        String version = input.text();
        if (!version.equals("1.0")) {
            throw new IllegalArgumentException("Must be 1.0");
        }
        return version;
    }

    private static String supportedContent(JsonInput input) {
        String type = input.text().strip();
        if (!JSON_TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("Must be application/json, or another type of JSON");
        }
        return type;
    }

    /** A library that was handed bytes writes them like this, whatever they are. */
    private static JsonInput decoded(JsonInput input) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(input.text());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Must be Base64");
        }
        return parse(new String(bytes, UTF_8));
    }

    /** Some senders begin a text with a byte order mark, which JSON's standard allows a reader to pass over. */
    private static JsonInput parse(String text) {
        return JsonInput.parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private static String source(Message message) {
        return switch (message) {
            case StockCommand _, PaymentCommand _ -> "urn:hexmart:ordering";
            case StockReserved _, StockRejected _ -> "urn:hexmart:catalog";
            case PaymentCaptured _, PaymentDeclined _, PaymentPartlyRefunded _, PaymentRefunded _ ->
                "urn:hexmart:payment";
        };
    }

    private static JsonObject data(Message message) {
        JsonObjectBuilder data = Json.object().add("orderId", message.order().toString());
        switch (message) {
            case ReserveStock it -> data.add("lines", Json.array(it.lines(), LineItemJson::write));
            case StockRejected it -> data.add("shortages", Json.array(it.shortages(), Json::text));
            case CapturePayment it ->
                data.add("customer", it.customer().toString())
                        .add("amount", MoneyJson.write(it.amount()))
                        .add("method", it.method().token());
            case PaymentPartlyRefunded it ->
                data.add("part", MoneyJson.write(it.part())).add("sum", MoneyJson.write(it.sum()));
            case PaymentRefunded it -> {
                // What is not said of the goods means that they can be sold again, as it always has.
                if (it.goods() != Goods.RETURNED) {
                    data.add("goods", RefundJson.word(it.goods()));
                }
            }
            case PaymentDeclined it -> data.add("attempt", it.attempt()).add("reason", it.reason());
            case CommitStock _, ReleaseStock _, StockReserved _, RefundPayment _, PaymentCaptured _ -> {}
        }
        return data.build();
    }

    private static Form<Message> dataForm(String type) {
        return switch (type) {
            case RESERVE_STOCK -> MessageCodec::reserveStock;
            case COMMIT_STOCK -> input -> new CommitStock(order(input));
            case RELEASE_STOCK -> input -> new ReleaseStock(order(input));
            case STOCK_RESERVED -> input -> new StockReserved(order(input));
            case STOCK_REJECTED -> MessageCodec::stockRejected;
            case CAPTURE_PAYMENT -> MessageCodec::capturePayment;
            case REFUND_PAYMENT -> input -> new RefundPayment(order(input));
            case PAYMENT_CAPTURED -> input -> new PaymentCaptured(order(input));
            case PAYMENT_DECLINED -> MessageCodec::paymentDeclined;
            case PAYMENT_REFUNDED -> MessageCodec::paymentRefunded;
            case PAYMENT_PARTLY_REFUNDED -> MessageCodec::paymentPartlyRefunded;
            default -> throw new IllegalArgumentException("Unknown type of message: " + type);
        };
    }

    private static OrderId order(JsonInput input) {
        return input.member("orderId", MessageCodec::orderId);
    }

    private static OrderId orderId(JsonInput input) {
        return OrderId.parse(input.text());
    }

    private static ReserveStock reserveStock(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        var lines = members.required("lines", value -> value.list(LineItemJson::read));
        return members.build(() -> new ReserveStock(order.get(), lines.get()));
    }

    private static StockRejected stockRejected(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        var shortages = members.required("shortages", value -> value.list(LineItemJson::product));
        return members.build(() -> new StockRejected(order.get(), shortages.get()));
    }

    private static CapturePayment capturePayment(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        var customer = members.required("customer", value -> CustomerId.parse(value.text()));
        var amount = members.required("amount", MoneyJson::read);
        var method = members.required("method", value -> new PaymentMethod(value.text()));
        return members.build(() -> new CapturePayment(order.get(), customer.get(), amount.get(), method.get()));
    }

    private static PaymentRefunded paymentRefunded(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        var goods = members.optional("goods", RefundJson::goods);
        return members.build(() -> new PaymentRefunded(order.get(), goods.orElse(Goods.RETURNED)));
    }

    private static PaymentPartlyRefunded paymentPartlyRefunded(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        var part = members.required("part", MoneyJson::read);
        var sum = members.required("sum", MoneyJson::read);
        return members.build(() -> new PaymentPartlyRefunded(order.get(), part.get(), sum.get()));
    }

    private static PaymentDeclined paymentDeclined(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", MessageCodec::orderId);
        // Messages of the time when an order had one attempt do not say which it was.
        var attempt = members.optional("attempt", value -> (int) value.wholeNumber(1, Integer.MAX_VALUE));
        var reason = members.required("reason", JsonInput::text);
        return members.build(() -> new PaymentDeclined(order.get(), attempt.orElse(1), reason.get()));
    }
}
