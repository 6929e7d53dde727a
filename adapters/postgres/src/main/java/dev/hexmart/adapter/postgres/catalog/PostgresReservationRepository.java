package dev.hexmart.adapter.postgres.catalog;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.catalog.ReservationRepository;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Reservation.Committed;
import dev.hexmart.domain.catalog.Reservation.Held;
import dev.hexmart.domain.catalog.Reservation.Rejected;
import dev.hexmart.domain.catalog.Reservation.Released;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the catalog has promised each order. */
final class PostgresReservationRepository implements ReservationRepository {

    private enum State {
        HELD,
        COMMITTED,
        REJECTED,
        RELEASED
    }

    private final Sql sql;
    /** What this transaction has locked or added: only these can be replaced. */
    private final Set<OrderId> own = new HashSet<>();

    private final Sql.Pending<Reservation> added;
    private final Sql.Pending<Reservation> replaced;

    PostgresReservationRepository(Sql sql) {
        this.sql = sql;
        this.added = sql.pending(this::insert);
        this.replaced = sql.pending(Reservation::order, this::update);
    }

    @Override
    public Map<OrderId, Reservation> lock(Collection<OrderId> orders) {
        Map<OrderId, State> states = sql
                .statement("""
                    SELECT order_id, state FROM reservation
                    WHERE order_id = ANY (CAST(:orders AS uuid[]))
                    ORDER BY order_id
                    FOR UPDATE
                    """)
                .with("orders", orders)
                .list(row -> Map.entry(order(row), row.constant("state", State.class)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        own.addAll(states.keySet());
        Map<OrderId, List<LineItem>> lines = lines(in(states, EnumSet.of(State.HELD, State.COMMITTED)));
        Map<OrderId, List<ProductId>> shortages = shortages(in(states, EnumSet.of(State.REJECTED)));
        Map<OrderId, Reservation> locked = new HashMap<>();
        states.forEach((order, state) -> locked.put(
                order,
                switch (state) {
                    case HELD -> new Held(order, requireNonNull(lines.get(order)));
                    case COMMITTED -> new Committed(order, requireNonNull(lines.get(order)));
                    case REJECTED -> new Rejected(order, requireNonNull(shortages.get(order)));
                    case RELEASED -> new Released(order);
                }));
        return locked;
    }

    @Override
    public void save(Reservation reservation) {
        (own.add(reservation.order()) ? added : replaced).add(reservation);
    }

    private void insert(List<Reservation> reservations) {
        List<PlacedLine> lines = reservations.stream()
                .flatMap(reservation -> lines(reservation).stream())
                .toList();
        List<PlacedShortage> shortages = reservations.stream()
                .flatMap(reservation -> shortages(reservation).stream())
                .toList();
        int inserted = sql.statement("""
            WITH added AS (
                INSERT INTO reservation (order_id, state)
                SELECT order_id, state
                FROM unnest(CAST(:orders AS uuid[]), CAST(:states AS text[])) AS new (order_id, state)
                ORDER BY order_id
                ON CONFLICT (order_id) DO NOTHING
                RETURNING order_id),
            lines AS (
                INSERT INTO reservation_line (order_id, place, product, quantity)
                SELECT order_id, place, product, quantity
                FROM unnest(CAST(:lineOrders AS uuid[]), CAST(:linePlaces AS integer[]), CAST(:lineProducts AS uuid[]),
                            CAST(:quantities AS integer[])) AS line (order_id, place, product, quantity)
                JOIN added USING (order_id)),
            shortages AS (
                INSERT INTO reservation_shortage (order_id, place, product)
                SELECT order_id, place, product
                FROM unnest(CAST(:shortageOrders AS uuid[]), CAST(:shortagePlaces AS integer[]),
                            CAST(:shortageProducts AS uuid[])) AS shortage (order_id, place, product)
                JOIN added USING (order_id))
            SELECT count(*) AS inserted FROM added
            """)
                .with("orders", each(reservations, Reservation::order))
                .with("states", each(reservations, PostgresReservationRepository::state))
                .with("lineOrders", each(lines, PlacedLine::order))
                .with("linePlaces", each(lines, PlacedLine::place))
                .with("lineProducts", each(lines, line -> line.item().product()))
                .with("quantities", each(lines, line -> line.item().quantity().value()))
                .with("shortageOrders", each(shortages, PlacedShortage::order))
                .with("shortagePlaces", each(shortages, PlacedShortage::place))
                .with("shortageProducts", each(shortages, PlacedShortage::product))
                .one(row -> Math.toIntExact(row.bigint("inserted")));
        if (inserted < reservations.size()) {
            throw new StaleVersion("A reservation of the orders " + each(reservations, Reservation::order));
        }
    }

    /** Which pieces it is about never changes, and is kept for the record when they are released. */
    private void update(List<Reservation> reservations) {
        sql.statement("""
            UPDATE reservation SET state = next.state, changed_at = now()
            FROM unnest(CAST(:orders AS uuid[]), CAST(:states AS text[])) AS next (order_id, state)
            WHERE reservation.order_id = next.order_id
            """)
                .with("orders", each(reservations, Reservation::order))
                .with("states", each(reservations, PostgresReservationRepository::state))
                .update();
    }

    /** @param place among the lines of its order, from 1 */
    private record PlacedLine(OrderId order, int place, LineItem item) {}

    /** @param place among the shortages of its order, from 1 */
    private record PlacedShortage(OrderId order, int place, ProductId product) {}

    private static List<PlacedLine> lines(Reservation reservation) {
        List<LineItem> items = switch (reservation) {
            case Held held -> held.lines();
            case Committed committed -> committed.lines();
            case Rejected _, Released _ -> List.of();
        };
        return IntStream.range(0, items.size())
                .mapToObj(i -> new PlacedLine(reservation.order(), i + 1, items.get(i)))
                .toList();
    }

    private static List<PlacedShortage> shortages(Reservation reservation) {
        List<ProductId> products = reservation instanceof Rejected rejected ? rejected.shortages() : List.of();
        return IntStream.range(0, products.size())
                .mapToObj(i -> new PlacedShortage(reservation.order(), i + 1, products.get(i)))
                .toList();
    }

    private Map<OrderId, List<LineItem>> lines(Set<OrderId> orders) {
        return orders.isEmpty()
                ? Map.of()
                : byOrder(
                        sql.statement("""
                            SELECT order_id, product, quantity FROM reservation_line
                            WHERE order_id = ANY (CAST(:orders AS uuid[]))
                            ORDER BY order_id, place
                            """),
                        orders,
                        row -> new LineItem(product(row), Quantity.of(row.integer("quantity"))));
    }

    private Map<OrderId, List<ProductId>> shortages(Set<OrderId> orders) {
        return orders.isEmpty()
                ? Map.of()
                : byOrder(sql.statement("""
                    SELECT order_id, product FROM reservation_shortage
                    WHERE order_id = ANY (CAST(:orders AS uuid[]))
                    ORDER BY order_id, place
                    """), orders, PostgresReservationRepository::product);
    }

    private static <T> Map<OrderId, List<T>> byOrder(
            Sql.Statement statement, Set<OrderId> orders, Function<Row, T> part) {
        return statement.with("orders", orders).list(row -> Map.entry(order(row), part.apply(row))).stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static Set<OrderId> in(Map<OrderId, State> states, Set<State> wanted) {
        return states.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static <T> List<?> each(List<T> items, Function<T, ?> part) {
        return items.stream().map(part).toList();
    }

    private static OrderId order(Row row) {
        return new OrderId(row.uuid("order_id"));
    }

    private static ProductId product(Row row) {
        return new ProductId(row.uuid("product"));
    }

    private static State state(Reservation reservation) {
        return switch (reservation) {
            case Held _ -> State.HELD;
            case Committed _ -> State.COMMITTED;
            case Rejected _ -> State.REJECTED;
            case Released _ -> State.RELEASED;
        };
    }
}
