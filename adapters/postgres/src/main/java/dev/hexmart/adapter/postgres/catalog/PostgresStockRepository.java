package dev.hexmart.adapter.postgres.catalog;

import static java.util.Objects.requireNonNull;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.catalog.StockRepository;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stock of each product, and the ledger that adds up to it. */
final class PostgresStockRepository implements StockRepository {

    private final Sql sql;

    /** What this transaction has locked, with the movements that it has applied: no other transaction can change it meanwhile. */
    private final Map<ProductId, Stock> locked = new HashMap<>();

    private final Sql.Pending<StockMovement> movements;

    PostgresStockRepository(Sql sql) {
        this.sql = sql;
        this.movements = sql.pending(this::write);
    }

    @Override
    public Map<ProductId, Stock> lock(Collection<ProductId> products) {
        Set<ProductId> missing = new HashSet<>(products);
        missing.removeAll(locked.keySet());
        if (!missing.isEmpty()) {
            read(missing).forEach(stock -> locked.put(stock.product(), stock));
        }
        return products.stream()
                .distinct()
                .filter(locked::containsKey)
                .collect(Collectors.toMap(Function.identity(), product -> requireNonNull(locked.get(product))));
    }

    @Override
    public void open(ProductId product) {
        sql.statement("""
            INSERT INTO stock (product, available, reserved) VALUES (:product, 0, 0)
            ON CONFLICT (product) DO NOTHING
            """).with("product", product.value()).update();
    }

    /** All is computed under the lock and by the domain's rules before anything is written; the table's checks agree. */
    @Override
    public void apply(List<StockMovement> applied) {
        if (applied.isEmpty()) {
            return;
        }
        Map<ProductId, Stock> levels =
                new HashMap<>(lock(applied.stream().map(StockMovement::product).toList()));
        for (StockMovement movement : applied) {
            levels.put(movement.product(), after(levels, movement));
        }
        locked.putAll(levels);
        applied.forEach(movements::add);
        applied.stream()
                .filter(movement -> movement.available() != 0)
                .forEach(movement -> PostgresCatalogChanges.announceStock(sql, movement.product()));
    }

    @Override
    public List<StockMovement> ledger(ProductId product, int limit) {
        return sql.statement("""
            SELECT product, kind, available, reserved, reason, moved_at FROM stock_movement
            WHERE product = :product
            ORDER BY seq DESC
            LIMIT :limit
            """)
                .with("product", product.value())
                .with("limit", limit)
                .list(PostgresStockRepository::movement);
    }

    private static Stock after(Map<ProductId, Stock> levels, StockMovement movement) {
        return Optional.ofNullable(levels.get(movement.product()))
                .orElseThrow(() -> new IllegalStateException("Product " + movement.product() + " has no stock"))
                .after(movement)
                .orElseThrow(() -> new IllegalStateException("The stock does not allow " + movement));
    }

    /** Rows are locked in the order of the sort, so all transactions lock in the order of the products. */
    private List<Stock> read(Set<ProductId> products) {
        return sql.statement("""
            SELECT product, available, reserved FROM stock
            WHERE product = ANY (CAST(:products AS uuid[]))
            ORDER BY product
            FOR UPDATE
            """).with("products", products).list(PostgresStockRepository::stock);
    }

    private void write(List<StockMovement> applied) {
        List<Stock> levels = applied.stream()
                .map(StockMovement::product)
                .distinct()
                .map(product -> requireNonNull(locked.get(product)))
                .toList();
        sql.statement("""
            WITH levels AS (
                UPDATE stock SET available = level.available, reserved = level.reserved
                FROM unnest(CAST(:levelProducts AS uuid[]), CAST(:levelsAvailable AS integer[]),
                            CAST(:levelsReserved AS integer[])) AS level (product, available, reserved)
                WHERE stock.product = level.product)
            INSERT INTO stock_movement (product, kind, available, reserved, reason, moved_at)
            SELECT product, kind, available, reserved, reason, moved_at
            FROM unnest(CAST(:products AS uuid[]), CAST(:kinds AS text[]), CAST(:available AS integer[]),
                        CAST(:reserved AS integer[]), CAST(:reasons AS text[]), CAST(:times AS timestamptz[]))
                WITH ORDINALITY AS movement (product, kind, available, reserved, reason, moved_at, place)
            ORDER BY place
            """)
                .with("levelProducts", each(levels, Stock::product))
                .with("levelsAvailable", each(levels, Stock::available))
                .with("levelsReserved", each(levels, Stock::reserved))
                .with("products", each(applied, StockMovement::product))
                .with("kinds", each(applied, StockMovement::kind))
                .with("available", each(applied, StockMovement::available))
                .with("reserved", each(applied, StockMovement::reserved))
                .with("reasons", each(applied, StockMovement::reason))
                .with("times", each(applied, StockMovement::at))
                .update();
    }

    private static <T> List<?> each(Collection<T> items, Function<T, ?> part) {
        return items.stream().map(part).toList();
    }

    private static Stock stock(Row row) {
        return new Stock(new ProductId(row.uuid("product")), row.integer("available"), row.integer("reserved"));
    }

    private static StockMovement movement(Row row) {
        return new StockMovement(
                new ProductId(row.uuid("product")),
                row.constant("kind", StockMovement.Kind.class),
                row.integer("available"),
                row.integer("reserved"),
                row.text("reason"),
                row.instant("moved_at"));
    }
}
