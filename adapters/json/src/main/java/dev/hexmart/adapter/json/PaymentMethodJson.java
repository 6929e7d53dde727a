package dev.hexmart.adapter.json;

import dev.hexmart.application.payment.PaymentMethodOffer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/** {@code [{"method": "card-ok", "name": "A card that works", "explanation": "…", "default": true}, …]}. */
public final class PaymentMethodJson {

    private PaymentMethodJson() {}

    /** The first is the default. */
    public static JsonArray write(List<PaymentMethodOffer> offers) {
        return Json.array(offers, offer -> write(offer, offer.equals(offers.getFirst())))
                .build();
    }

    private static JsonObject write(PaymentMethodOffer offer, boolean isDefault) {
        return Json.object()
                .add("method", offer.method().token())
                .add("name", offer.name())
                .add("explanation", offer.explanation())
                .add("default", isDefault)
                .build();
    }
}
