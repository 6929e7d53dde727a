package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.List;
import java.util.Optional;

/** What a checkout asks for: {@code {"payment": {"method"}, "expectedTotal": {…}}}, all of it optional, and the lines of an order. */
public final class CheckoutJson {

    private CheckoutJson() {}

    /**
     * A request to check out.
     *
     * @param expectedTotal what they have been told that it costs
     * @param userId who buys, by the sender's word; the caller where it is not said
     */
    public record CheckoutRequest(
            Optional<PaymentMethod> method, Optional<Money> expectedTotal, Optional<String> userId) {}

    /**
     * A request to order these lines.
     *
     * @param cart the version of their cart that holds the lines, by the sender's word
     */
    public record OrderRequest(List<LineItem> lines, Optional<CartVersion> cart, CheckoutRequest checkout) {}

    /** The checkout of a cart, whose lines are where the cart is. */
    public static CheckoutRequest checkout(JsonInput input) {
        var members = input.members();
        var checkout = checkout(members);
        return members.build(() -> checkout);
    }

    /** The checkout of these lines: {@code {"lines": [{"productId", "quantity"}], "cartVersion", …}}. */
    public static OrderRequest order(JsonInput input) {
        var members = input.members();
        var lines = members.required("lines", value -> LineItems.checked(value.list(LineItemJson::read)));
        var cart = members.optional("cartVersion", value -> new CartVersion(value.text()));
        var checkout = checkout(members);
        return members.build(() -> new OrderRequest(lines.get(), cart, checkout));
    }

    private static CheckoutRequest checkout(Members members) {
        return new CheckoutRequest(
                members.optional("payment", CheckoutJson::method).flatMap(method -> method),
                members.optional("expectedTotal", MoneyJson::read),
                members.optional("userId", JsonInput::text));
    }

    private static Optional<PaymentMethod> method(JsonInput input) {
        var members = input.members();
        var method = members.optional("method", PaymentJson::method);
        return members.build(() -> method);
    }
}
