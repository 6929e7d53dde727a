package dev.hexmart.adapter.http.api.cart;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.api.Refusals;
import dev.hexmart.adapter.http.exchange.EntityTags;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.CartJson;
import dev.hexmart.adapter.json.CheckoutJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.CheckOutCart.Outcome;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import dev.hexmart.domain.shared.Shortage;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The caller's cart and its checkout. */
public final class CartApi implements Endpoints {

    private static final Pattern TAG = Pattern.compile("\"[0-9a-f.]{1,100}\"");

    private final FillCart fill;
    private final CheckOutCart checkOut;

    public CartApi(FillCart fill, CheckOutCart checkOut) {
        this.fill = fill;
        this.checkOut = checkOut;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/cart", Access.CUSTOMER, FillCart.class, this::view),
                Route.post("/cart/add", Access.CUSTOMER, FillCart.class, this::add),
                Route.put("/cart/items/{productId}", Access.CUSTOMER, FillCart.class, this::set),
                Route.delete("/cart/items/{productId}", Access.CUSTOMER, FillCart.class, this::remove),
                Route.delete("/cart", Access.CUSTOMER, FillCart.class, this::clear),
                Route.post("/cart/checkout", Access.CUSTOMER, CheckOutCart.class, this::checkOut));
    }

    private Response view(Request request) {
        StoredCart cart = fill.view(customer(request));
        String tag = tag(cart);
        Response response =
                EntityTags.known(request, tag) ? Response.empty(304) : Response.json(200, CartJson.write(cart.cart()));
        return response.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private Response add(Request request) {
        CartJson.Addition wanted = request.json(CartJson::addition);
        CustomerId customer = request.customer(wanted.userId());
        ProductId product = wanted.line().product();
        return changed(
                fill.add(customer, seen(request), wanted.line(), request.credential()), () -> unknownProduct(product));
    }

    private Response set(Request request) {
        ProductId product = request.path("productId", ProductId::parse);
        Quantity quantity = request.json(CartJson::quantity);
        return changed(
                fill.set(customer(request), seen(request), product, quantity, request.credential()),
                () -> new ProblemException(request.notFound()));
    }

    private Response remove(Request request) {
        ProductId product = request.path("productId", ProductId::parse);
        var _ = fill.remove(customer(request), seen(request), product).orElseThrow(CartApi::cartChanged);
        return Response.empty(204);
    }

    private Response clear(Request request) {
        var _ = fill.clear(customer(request), seen(request)).orElseThrow(CartApi::cartChanged);
        return Response.empty(204);
    }

    private Response checkOut(Request request) {
        IdempotencyKey key = request.idempotencyKey();
        CheckoutJson.CheckoutRequest wanted = request.jsonOrNothing(CheckoutJson::checkout);
        CustomerId customer = request.customer(wanted.userId());
        CheckOutCart.Command command =
                new CheckOutCart.Command(customer, key, seen(request), wanted.method(), wanted.expectedTotal());
        return switch (checkOut.checkOut(command, request.credential())) {
            case Placement.Accepted(var order, Money total, boolean replayed) ->
                Response.json(202, OrderJson.placed(order, total))
                        .with("Location", "/orders/" + order)
                        .replayed(replayed);
            case Outcome.CartChanged _ -> throw cartChanged();
            case Placement.AlreadyOrdered(OrderId order) -> throw Refusals.cartAlreadyOrdered(order);
            case Outcome.EmptyCart _ -> throw Refusals.of(ProblemType.EMPTY_CART, "Put something into the cart first");
            case Placement.PriceChanged(Money actual) -> throw Refusals.priceChanged(actual);
            case Placement.UnknownProducts(List<ProductId> products) -> throw Refusals.unknownProducts(products);
            case Placement.NotEnoughStock(List<Shortage> shortages) -> throw Refusals.notEnoughStock(shortages);
            case Placement.TooManyUnpaid(String why) -> throw Refusals.of(ProblemType.TOO_MANY_UNPAID_ORDERS, why);
            case Placement.Refused(String why) -> throw Refusals.of(ProblemType.ORDER_REFUSED, why);
            case Placement.InFlight _ -> throw Refusals.requestInFlight();
            case Placement.OtherRequest _ -> throw Refusals.idempotencyKeyReused();
        };
    }

    private static Response changed(FillCart.Outcome outcome, Supplier<ProblemException> unknownProduct) {
        return switch (outcome) {
            case FillCart.Outcome.Changed(StoredCart cart) ->
                Response.json(200, CartJson.write(cart.cart())).with("ETag", tag(cart));
            case FillCart.Outcome.CartChanged _ -> throw cartChanged();
            case FillCart.Outcome.TooManyPieces(int already) ->
                throw Refusals.at(
                        ProblemType.TOO_MANY_PIECES,
                        "/quantity",
                        "A cart holds at most " + Quantity.MAX + " pieces of a product, and there are " + already
                                + " already");
            case FillCart.Outcome.TooManyProducts _ ->
                throw Refusals.at(
                        ProblemType.TOO_MANY_PRODUCTS,
                        "/productId",
                        "A cart holds at most " + LineItems.MAX_LINES + " products");
            case FillCart.Outcome.UnknownProduct _ -> throw unknownProduct.get();
            case FillCart.Outcome.OtherCurrency(Currency product, Currency cart) -> throw otherCurrency(product, cart);
        };
    }

    private static ProblemException otherCurrency(Currency product, Currency cart) {
        return new ProblemException(Problem.of(
                        ProblemType.MIXED_CURRENCIES,
                        "This product is priced in " + product + " and your cart is in " + cart
                                + "; a cart is in one currency. Check out or empty the cart first, then put this in")
                .with(
                        "currencies",
                        Json.array(List.of(cart, product), currency -> Json.text(currency.code()))
                                .build()));
    }

    private static ProblemException unknownProduct(ProductId product) {
        return Refusals.at(ProblemType.UNKNOWN_PRODUCTS, "/productId", "There is no product " + product + " on offer");
    }

    private static CustomerId customer(Request request) {
        return request.customer(request.query("userId", text -> text));
    }

    private static String tag(StoredCart cart) {
        return "\"" + cart.version() + "\"";
    }

    /** The versions that the customer has seen; empty where they name none. */
    private static Set<CartVersion> seen(Request request) {
        List<String> tags = EntityTags.listed(request, "If-Match").toList();
        if (tags.isEmpty() || tags.contains(EntityTags.ANY)) {
            return Set.of();
        }
        Set<CartVersion> versions = tags.stream()
                .filter(tag -> TAG.matcher(tag).matches())
                .map(tag -> new CartVersion(tag.substring(1, tag.length() - 1)))
                .collect(Collectors.toUnmodifiableSet());
        if (versions.isEmpty()) {
            throw cartChanged(); // no cart has ever had such a tag
        }
        return versions;
    }

    private static ProblemException cartChanged() {
        return Refusals.of(
                ProblemType.CART_CHANGED,
                "The cart has another version, and nothing has been bought or changed; get it again and compare"
                        + " what changed");
    }
}
