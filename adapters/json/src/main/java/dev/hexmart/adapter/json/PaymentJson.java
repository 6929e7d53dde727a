package dev.hexmart.adapter.json;

import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import jakarta.json.JsonObject;
import java.util.Optional;

/** {@code {"orderId", "status", "amount": {…}, "method"}}, and the request to pay. */
public final class PaymentJson {

    private PaymentJson() {}

    /** @param userId of the request; the caller if absent */
    public record PaymentRequest(OrderId order, Optional<PaymentMethod> method, Optional<String> userId) {}

    public static PaymentRequest request(JsonInput input) {
        var members = input.members();
        var order = members.required("orderId", value -> OrderId.parse(value.text()));
        var method = members.optional("method", PaymentJson::method);
        var userId = members.optional("userId", JsonInput::text);
        return members.build(() -> new PaymentRequest(order.get(), method, userId));
    }

    /** A payment that was voided before any charge has neither amount nor method. */
    public static JsonObject write(Payment payment) {
        var json = Json.object()
                .add("orderId", payment.order().toString())
                .add("status", payment.status().name());
        payment.demand()
                .ifPresent(charge -> json.add("amount", MoneyJson.write(charge.amount()))
                        .add("method", charge.method().token()));
        payment.refunded().ifPresent(sum -> json.add("refunded", MoneyJson.write(sum)));
        return json.build();
    }

    public static JsonObject write(OrderId order, PaymentStatus status) {
        return Json.object()
                .add("orderId", order.toString())
                .add("status", status.name())
                .build();
    }

    static PaymentMethod method(JsonInput input) {
        return new PaymentMethod(input.text());
    }
}
