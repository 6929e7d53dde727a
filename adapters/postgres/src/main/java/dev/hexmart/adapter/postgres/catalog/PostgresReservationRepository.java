package dev.hexmart.adapter.postgres.catalog;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    PostgresReservationRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Reservation> lock(OrderId order) {
        Optional<State> state = sql.statement("SELECT state FROM reservation WHERE order_id = :order FOR UPDATE")
                .with("order", order.value())
                .first(row -> row.constant("state", State.class));
        state.ifPresent(_ -> own.add(order));
        return state.map(present -> read(order, present));
    }

    @Override
    public void save(Reservation reservation) {
        if (own.contains(reservation.order())) {
            update(reservation);
        } else {
            insert(reservation);
            own.add(reservation.order());
        }
    }

    private Reservation read(OrderId order, State state) {
        return switch (state) {
            case HELD -> new Held(order, lines(order));
            case COMMITTED -> new Committed(order, lines(order));
            case REJECTED -> new Rejected(order, shortages(order));
            case RELEASED -> new Released(order);
        };
    }

    private void insert(Reservation reservation) {
        int inserted = sql.statement("""
                INSERT INTO reservation (order_id, state) VALUES (:order, :state)
                ON CONFLICT (order_id) DO NOTHING
                """)
                .with("order", reservation.order().value())
                .with("state", state(reservation))
                .update();
        if (inserted == 0) {
            throw new StaleVersion("The reservation of order " + reservation.order());
        }
        switch (reservation) {
            case Held(var order, var lines) -> insertLines(order, lines);
            case Committed(var order, var lines) -> insertLines(order, lines);
            case Rejected(var order, var shortages) -> insertShortages(order, shortages);
            case Released _ -> {}
        }
    }

    /** Which pieces it is about never changes, and is kept for the record when they are released. */
    private void update(Reservation reservation) {
        sql.statement("UPDATE reservation SET state = :state, changed_at = now() WHERE order_id = :order")
                .with("order", reservation.order().value())
                .with("state", state(reservation))
                .update();
    }

    private void insertLines(OrderId order, List<LineItem> lines) {
        sql.statement("""
                INSERT INTO reservation_line (order_id, place, product, quantity)
                SELECT :order, place, product, quantity
                FROM unnest(CAST(:products AS uuid[]), CAST(:quantities AS integer[]))
                    WITH ORDINALITY AS line (product, quantity, place)
                """)
                .with("order", order.value())
                .with("products", lines.stream().map(LineItem::product).toList())
                .with(
                        "quantities",
                        lines.stream().map(line -> line.quantity().value()).toList())
                .update();
    }

    private void insertShortages(OrderId order, List<ProductId> shortages) {
        sql.statement("""
                INSERT INTO reservation_shortage (order_id, place, product)
                SELECT :order, place, product
                FROM unnest(CAST(:products AS uuid[])) WITH ORDINALITY AS shortage (product, place)
                """)
                .with("order", order.value())
                .with("products", shortages)
                .update();
    }

    private List<LineItem> lines(OrderId order) {
        return sql.statement("SELECT product, quantity FROM reservation_line WHERE order_id = :order ORDER BY place")
                .with("order", order.value())
                .list(row -> new LineItem(product(row), Quantity.of(row.integer("quantity"))));
    }

    private List<ProductId> shortages(OrderId order) {
        return sql.statement("SELECT product FROM reservation_shortage WHERE order_id = :order ORDER BY place")
                .with("order", order.value())
                .list(PostgresReservationRepository::product);
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
