package dev.hexmart.adapter.http;

import dev.hexmart.adapter.http.Problem.Fault;
import dev.hexmart.adapter.json.CartJson;
import dev.hexmart.adapter.json.CheckoutJson;
import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.CheckOutCart.Outcome;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.function.Supplier;

/** The caller's cart and its checkout. */
public final class CartApi {

    private final FillCart fill;
    private final CheckOutCart checkOut;

    public CartApi(FillCart fill, CheckOutCart checkOut) {
        this.fill = fill;
        this.checkOut = checkOut;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/cart", Access.CUSTOMER, this::view),
                Route.post("/cart/add", Access.CUSTOMER, this::add),
                Route.put("/cart/items/{productId}", Access.CUSTOMER, this::set),
                Route.delete("/cart/items/{productId}", Access.CUSTOMER, this::remove),
                Route.delete("/cart", Access.CUSTOMER, this::clear),
                Route.post("/cart/checkout", Access.CUSTOMER, this::checkOut));
    }

    private Response view(Request request) {
        Cart cart = fill.view(customer(request));
        String tag = tag(cart);
        Response response =
                EntityTags.known(request, tag) ? Response.empty(304) : Response.json(200, CartJson.write(cart));
        return response.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private Response add(Request request) {
        CartJson.Addition wanted = request.json(CartJson::addition);
        CustomerId customer = request.customer(wanted.userId());
        ProductId product = wanted.line().product();
        return changed(fill.add(customer, wanted.line(), request.credential()), () -> unknownProduct(product));
    }

    private Response set(Request request) {
        ProductId product = request.path("productId", ProductId::parse);
        Quantity quantity = request.json(CartJson::quantity);
        return changed(
                fill.set(customer(request), product, quantity, request.credential()),
                () -> new ProblemException(request.notFound()));
    }

    private Response remove(Request request) {
        fill.remove(customer(request), request.path("productId", ProductId::parse));
        return Response.empty(204);
    }

    private Response clear(Request request) {
        fill.clear(customer(request));
        return Response.empty(204);
    }

    private Response checkOut(Request request) {
        String key = request.idempotencyKey();
        CheckoutJson.Terms terms = request.jsonOrNothing(CheckoutJson::terms);
        CustomerId customer = request.customer(terms.userId());
        CheckOutCart.Wish wish = new CheckOutCart.Wish(customer, key, terms.method(), terms.expectedTotal());
        return switch (checkOut.checkOut(wish, request.credential())) {
            case Outcome.Accepted(var order, Money total, boolean replayed) ->
                Response.json(202, OrderJson.placed(order, total))
                        .with("Location", "/orders/" + order)
                        .replayed(replayed);
            case Outcome.EmptyCart _ -> throw Refusals.of(ProblemType.EMPTY_CART, "Put something into the cart first");
            case Outcome.PriceChanged(Money actual) -> throw Refusals.priceChanged(actual);
            case Outcome.UnknownProducts(List<ProductId> products) -> throw Refusals.unknownProducts(products);
            case Outcome.Refused(String why) -> throw Refusals.of(ProblemType.ORDER_REFUSED, why);
            case Outcome.InFlight _ -> throw Refusals.requestInFlight();
            case Outcome.OtherRequest _ -> throw Refusals.idempotencyKeyReused();
        };
    }

    private static Response changed(FillCart.Outcome outcome, Supplier<ProblemException> unknownProduct) {
        return switch (outcome) {
            case FillCart.Outcome.Changed(Cart cart) ->
                Response.json(200, CartJson.write(cart)).with("ETag", tag(cart));
            case FillCart.Outcome.TooManyPieces(int already) ->
                throw inBody(
                        ProblemType.TOO_MANY_PIECES,
                        "/quantity",
                        "A cart holds at most " + Quantity.MAX + " pieces of a product, and there are " + already
                                + " already");
            case FillCart.Outcome.TooManyProducts _ ->
                throw inBody(
                        ProblemType.TOO_MANY_PRODUCTS,
                        "/productId",
                        "A cart holds at most " + LineItems.MAX_LINES + " products");
            case FillCart.Outcome.UnknownProduct _ -> throw unknownProduct.get();
        };
    }

    private static ProblemException unknownProduct(ProductId product) {
        return inBody(ProblemType.UNKNOWN_PRODUCTS, "/productId", "There is no product " + product + " on offer");
    }

    private static ProblemException inBody(ProblemType type, String pointer, String detail) {
        return new ProblemException(Problem.of(type, detail).because(new Fault.InBody(pointer, detail)));
    }

    private static CustomerId customer(Request request) {
        return request.customer(request.query("userId", text -> text));
    }

    /** Equal carts have equal tags, which is all the version that a cart has. */
    private static String tag(Cart cart) {
        return "\"" + Fingerprint.of(cart.lines().toString()).sha256().substring(0, 32) + "\"";
    }
}
