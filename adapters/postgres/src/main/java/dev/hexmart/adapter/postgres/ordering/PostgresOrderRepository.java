package dev.hexmart.adapter.postgres.ordering;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.hexmart.adapter.json.HistoryNoteJson;
import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.Topic;
import dev.hexmart.adapter.postgres.messaging.TraceContext;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Order.Cancelled;
import dev.hexmart.domain.ordering.Order.Paid;
import dev.hexmart.domain.ordering.Order.Placed;
import dev.hexmart.domain.ordering.Order.Refunded;
import dev.hexmart.domain.ordering.Order.Reserved;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All orders, with their lines and histories.
 *
 * <p>An order is read by three statements, each with a snapshot of its own: first its row and with it its version, then its
 * lines, which never change, then its history up to that version. What is committed in between is so left out.
 */
final class PostgresOrderRepository implements OrderRepository {

    private static final String ORDERS = """
        SELECT id, customer_tenant, customer_object, method, currency, placed_at, pay_by, status,
               cancellation_reason, declined, refunded, version
        FROM orders
        """;

    /** An order's number, as the index {@code orders_by_number} has it. */
    static final String NUMBER = "right(CAST(id AS text), 8)";

    private final Sql sql;
    private final TraceContext trace;
    private final Sql.Pending<Order> replaced;

    /** @param trace is noted with each new order */
    PostgresOrderRepository(Sql sql, TraceContext trace) {
        this.sql = sql;
        this.trace = trace;
        this.replaced = sql.pending(Order::id, this::update);
    }

    @Override
    public Map<OrderId, Order> find(Collection<OrderId> ids) {
        List<Head> heads = sql.statement(ORDERS + "WHERE id = ANY (CAST(:ids AS uuid[]))")
                .with("ids", ids)
                .list(Head::of);
        return whole(heads).stream().collect(toMap(Order::id, Function.identity()));
    }

    @Override
    public Optional<Order> find(OrderId id) {
        List<Head> heads =
                sql.statement(ORDERS + "WHERE id = :id").with("id", id.value()).list(Head::of);
        return whole(heads).stream().findFirst();
    }

    @Override
    public void save(Order order) {
        if (order.version() == 1) {
            insert(order);
        } else {
            replaced.add(order);
        }
        sql.announce(Topic.ORDERS, order.id().toString());
    }

    @Override
    public List<Order> list(OrderQuery query, int limit) {
        Sql.Statement statement = sql.statement(
                        ORDERS + where(query) + "ORDER BY placed_at DESC, id DESC\nLIMIT :limit")
                .with("limit", limit);
        query.customer()
                .ifPresent(
                        customer -> statement.with("tenant", customer.tenant()).with("object", customer.object()));
        query.filter().status().ifPresent(status -> statement.with("status", status));
        query.filter().number().ifPresent(number -> statement.with("number", number.digits()));
        query.after()
                .ifPresent(after -> statement
                        .with("placedAt", after.placedAt())
                        .with("id", after.id().value()));
        return whole(statement.list(Head::of));
    }

    /** New rows cannot be locked, so the customer is. */
    @Override
    public void holdUnpaid(CustomerId customer) {
        sql.statement("""
            SELECT pg_advisory_xact_lock(hashtextextended(
                current_schema() || ' unpaid ' || :tenant || ' ' || :object, 0))
            """)
                .with("tenant", customer.tenant())
                .with("object", customer.object())
                .list(Function.identity());
    }

    @Override
    public int countUnpaid(CustomerId customer) {
        return sql.statement("""
            SELECT count(*) AS unpaid FROM orders
            WHERE (customer_tenant, customer_object) = (:tenant, :object)
              AND status IN ('PENDING', 'RESERVED') AND (method IS NULL OR declined > 0)
            """)
                .with("tenant", customer.tenant())
                .with("object", customer.object())
                .one(row -> Math.toIntExact(row.bigint("unpaid")));
    }

    @Override
    public List<OrderId> overdue(Instant now, int limit) {
        return sql.statement("""
            SELECT id FROM orders
            WHERE status IN ('PENDING', 'RESERVED') AND pay_by <= :now
            ORDER BY pay_by, id
            LIMIT :limit
            """).with("now", now).with("limit", limit).list(row -> new OrderId(row.uuid("id")));
    }

    /** Each of the three is read from one end of an index; the second passes over those that wait for their customer. */
    @Override
    public Optional<Instant> waitingSince(Instant now) {
        return sql.statement("""
            SELECT least(
                (SELECT min(placed_at) FROM orders WHERE status = 'PENDING' AND placed_at <= :now),
                (SELECT min(placed_at) FROM orders
                 WHERE status = 'RESERVED' AND method IS NOT NULL AND declined = 0 AND placed_at <= :now),
                (SELECT min(pay_by) FROM orders WHERE status IN ('PENDING', 'RESERVED') AND pay_by <= :now)) AS since
            """).with("now", now).list(row -> row.findInstant("since")).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void insert(Order order) {
        Purchase purchase = order.purchase();
        List<OrderLine> lines = purchase.lines();
        HistoryEntry entry = order.history().getLast();
        int inserted = sql.statement("""
            WITH placed AS (
                INSERT INTO orders
                    (id, customer_tenant, customer_object, method, currency, total, placed_at, pay_by, status,
                     cancellation_reason, declined, refunded, version, trace_id)
                VALUES (:id, :tenant, :object, :method, :currency, :total, :placedAt, :payBy, :status, :reason, :declined,
                        :refunded, :version, :trace)
                ON CONFLICT (id) DO NOTHING
                RETURNING id, version),
            lines AS (
                INSERT INTO order_line (order_id, place, product, name, unit_price, quantity)
                SELECT placed.id, line.place, line.product, line.name, line.unit_price, line.quantity
                FROM placed, unnest(CAST(:products AS uuid[]), CAST(:names AS text[]), CAST(:prices AS bigint[]),
                                    CAST(:quantities AS integer[]))
                    WITH ORDINALITY AS line (product, name, unit_price, quantity, place))
            INSERT INTO order_history (order_id, version, status, entered_at, code, data)
            SELECT id, version, :entryStatus, CAST(:at AS timestamptz), :code, CAST(:data AS jsonb) FROM placed
            """)
                .with("id", order.id().value())
                .with("tenant", purchase.customer().tenant())
                .with("object", purchase.customer().object())
                .with("method", purchase.method().map(PaymentMethod::token))
                .with("currency", purchase.total().currency().code())
                .with("total", purchase.total().amount())
                .with("placedAt", purchase.placedAt())
                .with("payBy", purchase.payBy())
                .with("status", order.status())
                .with("reason", reason(order))
                .with("declined", declined(order))
                .with("refunded", refunded(order))
                .with("version", order.version())
                .with("trace", trace.traceId())
                .with("products", each(lines, OrderLine::product))
                .with("names", each(lines, OrderLine::name))
                .with("prices", each(lines, line -> line.unitPrice().amount()))
                .with("quantities", each(lines, line -> line.quantity().value()))
                .with("entryStatus", entry.status())
                .with("at", entry.at())
                .with("code", HistoryNoteJson.code(entry.note()))
                .with("data", data(entry))
                .update();
        if (inserted == 0) {
            throw new StaleVersion("Order " + order.id());
        }
    }

    /** Each version adds one entry to its order's history; those before it are there already. */
    private void update(List<Order> orders) {
        List<HistoryEntry> entries =
                orders.stream().map(order -> order.history().getLast()).toList();
        int updated = sql.statement("""
            WITH next AS (
                SELECT *
                FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS integer[]), CAST(:statuses AS text[]),
                            CAST(:reasons AS text[]), CAST(:declined AS integer[]), CAST(:refunded AS bigint[]),
                            CAST(:entryStatuses AS text[]), CAST(:times AS timestamptz[]), CAST(:codes AS text[]),
                            CAST(:data AS text[]))
                    AS next (id, version, status, reason, declined, refunded, entry_status, entered_at, code, data)),
            changed AS (
                UPDATE orders
                SET status = next.status, cancellation_reason = next.reason, declined = next.declined,
                    refunded = next.refunded, version = next.version
                FROM next
                WHERE orders.id = next.id AND orders.version = next.version - 1
                RETURNING orders.id)
            INSERT INTO order_history (order_id, version, status, entered_at, code, data)
            SELECT id, version, entry_status, entered_at, code, CAST(data AS jsonb) FROM next JOIN changed USING (id)
            """)
                .with("ids", each(orders, Order::id))
                .with("versions", each(orders, Order::version))
                .with("statuses", each(orders, Order::status))
                .with("reasons", each(orders, PostgresOrderRepository::reason))
                .with("declined", each(orders, PostgresOrderRepository::declined))
                .with("refunded", each(orders, PostgresOrderRepository::refunded))
                .with("entryStatuses", each(entries, HistoryEntry::status))
                .with("times", each(entries, HistoryEntry::at))
                .with("codes", each(entries, entry -> HistoryNoteJson.code(entry.note())))
                .with("data", each(entries, PostgresOrderRepository::data))
                .update();
        if (updated < orders.size()) {
            throw new StaleVersion("One of the orders " + each(orders, Order::id));
        }
    }

    private static Optional<CancellationReason> reason(Order order) {
        return order instanceof Cancelled cancelled ? Optional.of(cancelled.reason()) : Optional.empty();
    }

    private static int declined(Order order) {
        return order instanceof Reserved reserved ? reserved.declined() : 0;
    }

    private static long refunded(Order order) {
        return order instanceof Paid paid ? paid.refunded().amount() : 0;
    }

    private static String where(OrderQuery query) {
        List<String> conditions = new ArrayList<>();
        conditions.add("TRUE");
        if (query.customer().isPresent()) {
            conditions.add("(customer_tenant, customer_object) = (:tenant, :object)");
        }
        if (query.filter().status().isPresent()) {
            conditions.add("status = :status");
        }
        if (query.filter().number().isPresent()) {
            conditions.add(NUMBER + " = :number");
        }
        if (query.after().isPresent()) {
            conditions.add("(placed_at, id) < (:placedAt, :id)");
        }
        return "WHERE " + String.join("\n  AND ", conditions) + "\n";
    }

    private List<Order> whole(List<Head> heads) {
        if (heads.isEmpty()) {
            return List.of();
        }
        List<OrderId> ids = heads.stream().map(Head::id).toList();
        Map<OrderId, List<Line>> lines = byOrder(sql.statement("""
            SELECT order_id, product, name, unit_price, quantity FROM order_line
            WHERE order_id = ANY (CAST(:ids AS uuid[]))
            ORDER BY order_id, place
            """), ids, Line::of);
        Map<OrderId, List<HistoryEntry>> histories = byOrder(sql.statement("""
            SELECT order_id, status, entered_at, note, code, CAST(data AS text) AS data FROM order_history
            WHERE order_id = ANY (CAST(:ids AS uuid[]))
            ORDER BY order_id, version
            """), ids, PostgresOrderRepository::entry);
        return heads.stream()
                .map(head -> head.with(
                        lines.getOrDefault(head.id(), List.of()), histories.getOrDefault(head.id(), List.of())))
                .toList();
    }

    private static <T> Map<OrderId, List<T>> byOrder(
            Sql.Statement statement, Collection<OrderId> ids, Function<Row, T> part) {
        return statement
                .with("ids", ids)
                .list(row -> Map.entry(new OrderId(row.uuid("order_id")), part.apply(row)))
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static <T> List<?> each(List<T> items, Function<T, ?> part) {
        return items.stream().map(part).toList();
    }

    private static HistoryEntry entry(Row row) {
        return new HistoryEntry(row.constant("status", OrderStatus.class), row.instant("entered_at"), note(row));
    }

    /** Entries that have no code were written before there were any. */
    private static HistoryNote note(Row row) {
        return row.findText("code")
                .map(code -> HistoryNoteJson.read(code, row.text("data")))
                .orElseGet(() -> new HistoryNote.Text(row.text("note")));
    }

    private static String data(HistoryEntry entry) {
        return HistoryNoteJson.data(entry.note()).toString();
    }

    /** A line whose currency its order knows. */
    private record Line(ProductId product, String name, long unitPrice, Quantity quantity) {

        static Line of(Row row) {
            return new Line(
                    new ProductId(row.uuid("product")),
                    row.text("name"),
                    row.bigint("unit_price"),
                    Quantity.of(row.integer("quantity")));
        }

        OrderLine in(String currency) {
            return new OrderLine(product, name, Money.of(unitPrice, currency), quantity);
        }
    }

    /** The row of an order, without what lies in other tables. */
    private record Head(
            OrderId id,
            CustomerId customer,
            Optional<PaymentMethod> method,
            String currency,
            Instant placedAt,
            Instant payBy,
            OrderStatus status,
            Optional<CancellationReason> reason,
            int declined,
            long refunded,
            int version) {

        static Head of(Row row) {
            return new Head(
                    new OrderId(row.uuid("id")),
                    new CustomerId(row.uuid("customer_tenant"), row.uuid("customer_object")),
                    row.findText("method").map(PaymentMethod::new),
                    row.text("currency"),
                    row.instant("placed_at"),
                    row.instant("pay_by"),
                    row.constant("status", OrderStatus.class),
                    row.findText("cancellation_reason").map(CancellationReason::valueOf),
                    row.integer("declined"),
                    row.bigint("refunded"),
                    row.integer("version"));
        }

        Order with(List<Line> lines, List<HistoryEntry> entries) {
            List<OrderLine> orderLines =
                    lines.stream().map(line -> line.in(currency)).toList();
            Purchase purchase = new Purchase(id, customer, orderLines, method, placedAt, payBy);
            List<HistoryEntry> history = entries.subList(0, version);
            return switch (status) {
                case PENDING -> new Placed(purchase, history);
                case RESERVED -> new Reserved(purchase, declined, history);
                case PAID -> new Paid(purchase, Money.of(refunded, currency), history);
                case CANCELLED -> new Cancelled(purchase, reason.orElseThrow(), history);
                case REFUNDED -> new Refunded(purchase, history);
            };
        }
    }
}
