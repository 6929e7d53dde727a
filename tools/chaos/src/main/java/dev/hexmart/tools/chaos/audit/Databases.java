package dev.hexmart.tools.chaos.audit;

import dev.hexmart.tools.chaos.audit.Snapshot.Entry;
import dev.hexmart.tools.chaos.audit.Snapshot.Key;
import dev.hexmart.tools.chaos.audit.Snapshot.Message;
import dev.hexmart.tools.chaos.audit.Snapshot.Order;
import dev.hexmart.tools.chaos.audit.Snapshot.Payment;
import dev.hexmart.tools.chaos.audit.Snapshot.Reservation;
import dev.hexmart.tools.chaos.audit.Snapshot.Stock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the services keep, each database in one snapshot. */
final class Databases {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Schema by service. */
    private static final Map<String, String> SCHEMAS =
            Map.of("products", "catalog", "orders", "ordering", "payments", "payment");

    private final Map<String, Connection> connections;

    private Databases(Map<String, Connection> connections) {
        this.connections = connections;
    }

    /** Where a service's schema is. @param user empty where the URL names one */
    record Address(String url, String user, String password) {}

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param addresses by service; an {@link IllegalStateException} says what could not be read */
    static Snapshot read(Map<String, Address> addresses, Optional<Path> books) {
        Map<Address, Connection> open = new HashMap<>();
        Map<String, Connection> connections = new HashMap<>();
        try {
            // The books come first: what is captured later may be missing in them, and is told by a payment under way.
            Optional<List<Entry>> entries = books.map(Databases::entries);
            for (Map.Entry<String, Address> each : addresses.entrySet()) {
                Connection connection = open.get(each.getValue());
                if (connection == null) {
                    connection = connect(each.getValue());
                    open.put(each.getValue(), connection);
                }
                connections.put(each.getKey(), connection);
            }
            return new Databases(connections).snapshot(entries);
        } catch (SQLException e) {
            throw new IllegalStateException("the databases cannot be read: " + e.getMessage(), e);
        } finally {
            open.values().forEach(Databases::close);
        }
    }

    private static Connection connect(Address address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        if (!address.user().isEmpty()) {
            properties.setProperty("user", address.user());
            properties.setProperty("password", address.password());
        }
        Connection connection = DriverManager.getConnection(address.url(), properties);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // it was only read from
        }
    }

    private static List<Entry> entries(Path books) {
        try {
            String written = Files.exists(books) ? Files.readString(books) : "";
            // The last line may just be written.
            return written.substring(0, written.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Entry::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the provider's books cannot be read: " + e, e);
        }
    }

    private Snapshot snapshot(Optional<List<Entry>> books) throws SQLException {
        // From the effects back to their causes, so that what is seen of an effect is seen of its cause.
        Map<String, Reservation> reservations = reservations();
        List<Stock> stocks = stocks();
        Map<String, Payment> payments = new HashMap<>();
        rows("payments", "SELECT order_id, state, amount FROM payment.payment", row -> {
            long amount = row.getLong(3);
            return payments.put(
                    row.getString(1),
                    new Payment(row.getString(2), row.wasNull() ? Optional.empty() : Optional.of(amount)));
        });
        Set<String> recorded = new HashSet<>();
        Map<String, String> sent = new HashMap<>();
        List<Message> messages = new ArrayList<>();
        for (Map.Entry<String, String> each : SCHEMAS.entrySet()) {
            messages(each.getKey(), each.getValue(), messages, sent);
            recorded.addAll(rows(
                    each.getKey(),
                    "SELECT message_id FROM %s.inbox".formatted(each.getValue()),
                    row -> row.getString(1)));
        }
        messages.forEach(message -> recorded.add(message.id()));
        sent.keySet().removeAll(recorded);
        Instant at = rows("orders", "SELECT now()", row -> instant(row, 1)).getFirst();
        return new Snapshot(at, orders(), keys(), payments, reservations, stocks, messages, sent, books);
    }

    private void messages(String service, String schema, List<Message> messages, Map<String, String> sent)
            throws SQLException {
        messages.addAll(rows(
                service,
                """
                SELECT 'UNSENT', id, type, order_id::text, appended_at, '' FROM %1$s.outbox WHERE sent_at IS NULL
                UNION ALL SELECT 'WAITING', id, type, body, due_at, reason FROM %1$s.waiting_message
                UNION ALL SELECT 'PARKED', id, type, body, parked_at, reason FROM %1$s.parked_message
                """.formatted(schema),
                row -> new Message(
                        Message.State.valueOf(row.getString(1)),
                        service,
                        row.getString(2),
                        row.getString(3),
                        ID.matcher(row.getString(4))
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.toSet()),
                        instant(row, 5),
                        row.getString(6))));
        rows(
                service,
                "SELECT id, order_id FROM %s.outbox WHERE sent_at IS NOT NULL".formatted(schema),
                row -> sent.put(row.getString(1), row.getString(2)));
    }

    private List<Order> orders() throws SQLException {
        Map<String, Map<String, Integer>> pieces =
                pieces("orders", "SELECT order_id, product, quantity FROM ordering.order_line");
        return rows(
                "orders",
                """
                SELECT id, status, total, currency, placed_at, pay_by, refunded,
                    (SELECT coalesce(sum(unit_price * quantity), 0) FROM ordering.order_line WHERE order_id = id)
                FROM ordering.orders
                """,
                row -> new Order(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getLong(8),
                        row.getLong(7),
                        instant(row, 5),
                        instant(row, 6),
                        pieces.getOrDefault(row.getString(1), Map.of())));
    }

    private List<Key> keys() throws SQLException {
        return rows(
                "orders", """
                SELECT caller_object, value, answer, claimed_at FROM ordering.idempotency_key
                WHERE operation = 'place-order' AND answer IS NOT NULL
                """, row -> new Key(row.getString(1), row.getString(2), row.getString(3), instant(row, 4)));
    }

    private Map<String, Reservation> reservations() throws SQLException {
        Map<String, Map<String, Integer>> pieces =
                pieces("products", "SELECT order_id, product, quantity FROM catalog.reservation_line");
        Map<String, Reservation> reservations = new HashMap<>();
        rows(
                "products",
                "SELECT order_id, state FROM catalog.reservation",
                row -> reservations.put(
                        row.getString(1),
                        new Reservation(row.getString(2), pieces.getOrDefault(row.getString(1), Map.of()))));
        return reservations;
    }

    private List<Stock> stocks() throws SQLException {
        return rows(
                "products",
                """
                SELECT stock.product, stock.available, stock.reserved,
                    coalesce(sum(moved.available), 0), coalesce(sum(moved.reserved), 0),
                    coalesce(sum(moved.available + moved.reserved) FILTER (WHERE kind = 'ADJUSTED'), 0),
                    coalesce(-sum(moved.available + moved.reserved) FILTER (WHERE kind IN ('SOLD', 'RETURNED')), 0)
                FROM catalog.stock LEFT JOIN catalog.stock_movement moved ON moved.product = stock.product
                GROUP BY stock.product, stock.available, stock.reserved
                """,
                row -> new Stock(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7)));
    }

    private Map<String, Map<String, Integer>> pieces(String service, String sql) throws SQLException {
        Map<String, Map<String, Integer>> pieces = new HashMap<>();
        rows(
                service,
                sql,
                row -> pieces.computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                        .put(row.getString(2), row.getInt(3)));
        return pieces;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private <T> List<T> rows(String service, String sql, Reader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Statement statement =
                Optional.ofNullable(connections.get(service)).orElseThrow().createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet results = statement.executeQuery(sql)) {
                while (results.next()) {
                    rows.add(reader.read(results));
                }
            }
        }
        return rows;
    }
}
