package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.LineItemJson;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.LineItem;
import java.util.List;

/** A customer's cart as the cart service shows it. */
public final class CartReader {

    private final ServiceClient cart;

    public CartReader(ServiceClient cart) {
        this.cart = cart;
    }

    /** A cart. @param tag by which the service knows what the customer has seen */
    public record Cart(List<LineItem> lines, String tag) {}

    public Cart find(Credential customer) {
        Answer answer = cart.get("/cart", customer);
        List<LineItem> lines = answer.ok(cart -> cart.member("lines", value -> value.list(LineItemJson::read)));
        return new Cart(lines, answer.headers().first("ETag").orElseThrow(answer::unexpected));
    }
}
