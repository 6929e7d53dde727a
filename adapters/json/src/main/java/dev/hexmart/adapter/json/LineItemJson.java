package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import jakarta.json.JsonObject;

/** {@code {"productId": "…", "quantity": 2}}. */
public final class LineItemJson {

    private LineItemJson() {}

    public static JsonObject write(LineItem line) {
        return Json.object()
                .add("productId", line.product().toString())
                .add("quantity", line.quantity().value())
                .build();
    }

    public static LineItem read(JsonInput input) {
        var members = input.members();
        var product = members.required("productId", LineItemJson::product);
        var quantity = members.required("quantity", LineItemJson::quantity);
        return members.build(() -> new LineItem(product.get(), quantity.get()));
    }

    public static ProductId product(JsonInput input) {
        return ProductId.parse(input.text());
    }

    static Quantity quantity(JsonInput input) {
        return Quantity.of((int) input.wholeNumber(1, Quantity.MAX));
    }
}
