package dev.hexmart.adapter.json;

import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Quantity;
import jakarta.json.JsonObject;
import java.util.Optional;

/** {@code {"userId", "lines": [{"productId", "quantity"}], "itemCount"}}, and what is put into a cart. */
public final class CartJson {

    private static final Quantity ONE = Quantity.of(1);

    private CartJson() {}

    /** @param userId of the request; the caller if absent */
    public record Addition(LineItem line, Optional<String> userId) {}

    public static JsonObject write(Cart cart) {
        return Json.object()
                .add("userId", cart.owner().toString())
                .add("lines", Json.array(cart.lines(), LineItemJson::write))
                .add(
                        "itemCount",
                        cart.lines().stream()
                                .mapToInt(line -> line.quantity().value())
                                .sum())
                .build();
    }

    public static Addition addition(JsonInput input) {
        var members = input.members();
        var product = members.required("productId", LineItemJson::product);
        var quantity = members.optional("quantity", LineItemJson::quantity);
        var userId = members.optional("userId", JsonInput::text);
        return members.build(() -> new Addition(new LineItem(product.get(), quantity.orElse(ONE)), userId));
    }

    /** {@code {"quantity": 2}}. */
    public static Quantity quantity(JsonInput input) {
        return input.member("quantity", LineItemJson::quantity);
    }
}
