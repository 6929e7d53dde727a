package dev.hexmart.adapter.http.api.ordering;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.api.Paging;
import dev.hexmart.adapter.http.api.Refusals;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.CheckoutJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderRepository.Position;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.PlaceOrder.Outcome;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Orders: placing them, looking at them, following them, calling them off. */
public final class OrdersApi implements Endpoints {

    private static final Access CUSTOMERS_AND_MANAGERS = new Access.CustomerOr(Role.ORDERS_MANAGE);

    /** Their ids, 36 characters each, fit into the first line of a request. */
    static final int MOST_FOLLOWED = 50;

    private static final String NO_EVENT_ID =
            "Must be the id of an event of this stream: a whole number, or order:number pairs with commas between them";

    private final PlaceOrder place;
    private final FollowOrder follow;
    private final CancelOrder cancel;
    private final OrderEvents.Rhythm rhythm;
    private final Function<OrderId, Optional<String>> traces;
    private final InstantSource clock;

    /** @param traces the trace that an order was placed in, where that is known */
    public OrdersApi(
            PlaceOrder place,
            FollowOrder follow,
            CancelOrder cancel,
            Function<OrderId, Optional<String>> traces,
            InstantSource clock) {
        this(place, follow, cancel, OrderEvents.Rhythm.DEFAULT, traces, clock);
    }

    OrdersApi(
            PlaceOrder place,
            FollowOrder follow,
            CancelOrder cancel,
            OrderEvents.Rhythm rhythm,
            Function<OrderId, Optional<String>> traces,
            InstantSource clock) {
        this.place = place;
        this.follow = follow;
        this.cancel = cancel;
        this.rhythm = rhythm;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/cartCheckout", Access.CUSTOMER, PlaceOrder.class, this::place),
                Route.get("/orders", CUSTOMERS_AND_MANAGERS, FollowOrder.class, this::list),
                Route.get("/orders/{id}", CUSTOMERS_AND_MANAGERS, FollowOrder.class, this::find),
                Route.get("/orders/{id}/events", CUSTOMERS_AND_MANAGERS, FollowOrder.class, this::events),
                Route.post("/orders/{id}/cancel", CUSTOMERS_AND_MANAGERS, CancelOrder.class, this::cancel));
    }

    private Response place(Request request) {
        IdempotencyKey key = request.idempotencyKey();
        CheckoutJson.OrderRequest wanted = request.json(CheckoutJson::order);
        CheckoutJson.CheckoutRequest checkout = wanted.checkout();
        CustomerId customer = request.customer(checkout.userId());
        PlaceOrder.Command command = new PlaceOrder.Command(
                customer, key, wanted.cart(), wanted.lines(), checkout.method(), checkout.expectedTotal());
        return switch (place.place(command, request.credential())) {
            case Outcome.Accepted(OrderId order, Money total, boolean replayed) ->
                Response.json(201, OrderJson.placed(order, total))
                        .with("Location", "/orders/" + order)
                        .replayed(replayed);
            case Outcome.AlreadyOrdered(OrderId order) -> throw Refusals.cartAlreadyOrdered(order);
            case Outcome.PriceChanged(Money actual) -> throw Refusals.priceChanged(actual);
            case Outcome.UnknownProducts(List<ProductId> products) -> throw Refusals.unknownProducts(products);
            case Outcome.UnknownMethod(var accepted) -> throw Refusals.unknownMethod(accepted, "/payment/method");
            case Outcome.MixedCurrencies(List<Currency> currencies) -> throw mixedCurrencies(currencies);
            case Outcome.NotEnoughStock(List<Shortage> shortages) -> throw Refusals.notEnoughStock(shortages);
            case Outcome.TooManyUnpaid(int limit) ->
                throw Refusals.of(
                        ProblemType.TOO_MANY_UNPAID_ORDERS,
                        "You have " + limit + " orders that hold stock and wait to be paid, which is the most; pay or"
                                + " cancel one of them, then order again");
            case Outcome.TotalTooHigh(Money most) ->
                throw Refusals.of(
                        ProblemType.TOTAL_TOO_HIGH,
                        "An order in %s comes to %d minor units at the most; buy this in more than one order"
                                .formatted(most.currency(), most.amount()));
            case Outcome.InFlight _ -> throw Refusals.requestInFlight();
            case Outcome.OtherRequest _ -> throw Refusals.idempotencyKeyReused();
        };
    }

    private static ProblemException mixedCurrencies(List<Currency> currencies) {
        String codes = currencies.stream().map(Currency::code).collect(Collectors.joining(" and "));
        return new ProblemException(Problem.of(
                        ProblemType.MIXED_CURRENCIES,
                        "These products are priced in " + codes
                                + ", and an order is in one currency; order those of each currency by themselves")
                .with(
                        "currencies",
                        Json.array(currencies, currency -> Json.text(currency.code()))
                                .build()));
    }

    private Response list(Request request) {
        Optional<Position> after = request.query("cursor", OrdersApi::position);
        Filter filter =
                new Filter(request.query("status", OrdersApi::status), request.query("number", OrderNumber::parse));
        int limit = Paging.limit(request, OrderQuery.MAX_LIMIT);
        FollowOrder.Page page = request.query("mine", OrdersApi::yesOrNo).orElse(false)
                ? follow.listOwn(request.caller(), filter, after, limit)
                : follow.list(request.caller(), filter, after, limit);
        Response response =
                Response.json(200, Json.array(page.orders(), OrderJson::write).build());
        return page.next()
                .map(next -> response.with("Link", Paging.nextLink(request, cursor(next))))
                .orElse(response);
    }

    private static OrderStatus status(String text) {
        return Arrays.stream(OrderStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Must be one of "
                        + Arrays.stream(OrderStatus.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Must be true or false");
        };
    }

    private Response find(Request request) {
        Order order = order(request);
        return Response.json(200, OrderJson.write(order, traces.apply(order.id())));
    }

    private Response events(Request request) {
        List<OrderId> ids = request.path("id", OrdersApi::orders);
        SequencedMap<OrderId, Integer> seen =
                request.header("Last-Event-ID", id -> seen(id, ids)).orElseGet(() -> seen(ids, Map.of()));
        requireAll(ids, request);
        OrderEvents events = new OrderEvents(follow, seen, request.caller(), rhythm, clock);
        return Response.stream(200, "text/event-stream", events);
    }

    private Response cancel(Request request) {
        request.expectNoBody();
        OrderId id = request.path("id", OrderId::parse);
        return switch (cancel.cancel(id, request.caller())) {
            case CancelOrder.Outcome.Cancelled(Order order) -> Response.json(202, OrderJson.status(order));
            case CancelOrder.Outcome.AlreadyPaid _ ->
                throw Refusals.of(ProblemType.TOO_LATE, "It is paid; a refund is what undoes that");
            case CancelOrder.Outcome.AlreadyRefunded _ ->
                throw Refusals.of(ProblemType.TOO_LATE, "It is refunded already");
            case CancelOrder.Outcome.NotFound _ -> throw new ProblemException(request.notFound());
        };
    }

    private Order order(Request request) {
        return follow.find(request.path("id", OrderId::parse), request.caller())
                .orElseThrow(() -> new ProblemException(request.notFound()));
    }

    /** Nothing is followed where one of the orders is not to be found: the answer names those. */
    private void requireAll(List<OrderId> ids, Request request) {
        List<OrderId> unknown = ids.stream()
                .filter(id -> follow.find(id, request.caller()).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ids.size() == 1
                            ? request.notFound()
                            : request.notFound()
                                    .with(
                                            "orders",
                                            Json.array(unknown, id -> Json.text(id.toString()))
                                                    .build()));
        }
    }

    private static List<OrderId> orders(String ids) {
        List<OrderId> orders =
                Arrays.stream(ids.split(",", -1)).map(OrderId::parse).distinct().toList();
        if (orders.size() > MOST_FOLLOWED) {
            throw new ProblemException(
                    Problem.invalidParameter("id", "Must be at most " + MOST_FOLLOWED + " orders for one stream"));
        }
        return orders;
    }

    private static SequencedMap<OrderId, Integer> seen(List<OrderId> ids, Map<OrderId, Integer> versions) {
        SequencedMap<OrderId, Integer> seen = new LinkedHashMap<>();
        ids.forEach(id -> seen.put(id, versions.getOrDefault(id, 0)));
        return seen;
    }

    /** Seen versions of orders that are not followed are ignored; other orders are sent from the start. */
    private static SequencedMap<OrderId, Integer> seen(String lastEventId, List<OrderId> ids) {
        if (ids.size() == 1 && !lastEventId.contains(":")) {
            return seen(ids, Map.of(ids.getFirst(), version(lastEventId)));
        }
        Map<OrderId, Integer> versions = new HashMap<>();
        for (String one : lastEventId.split(",", -1)) {
            String[] parts = one.split(":", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(NO_EVENT_ID);
            }
            versions.put(OrderId.parse(parts[0]), version(parts[1]));
        }
        return seen(ids, versions);
    }

    private static int version(String lastEventId) {
        if (!lastEventId.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(NO_EVENT_ID);
        }
        return Integer.parseInt(lastEventId);
    }

    private static String cursor(Position position) {
        return Paging.cursor(position.placedAt().toString(), position.id().toString());
    }

    private static Position position(String cursor) {
        List<String> parts = Paging.parts(cursor, 2);
        try {
            return new Position(Instant.parse(parts.getFirst()), OrderId.parse(parts.getLast()));
        } catch (DateTimeException _) {
            throw Paging.unknownCursor();
        }
    }
}
