package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.catalog.StockRepository;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stock of each product, and the ledger that adds up to it. */
final class PostgresStockRepository implements StockRepository {

    private final Sql sql;

    PostgresStockRepository(Sql sql) {
        this.sql = sql;
    }

    /** Rows are locked as they come out of the sort, so everybody locks in the order of the products. */
    @Override
    public Map<ProductId, Stock> lock(Collection<ProductId> products) {
        return sql.statement("""
                SELECT product, available, reserved FROM stock
                WHERE product = ANY (CAST(:products AS uuid[]))
                ORDER BY product
                FOR UPDATE
                """).with("products", products).list(PostgresStockRepository::stock).stream()
                .collect(Collectors.toMap(Stock::product, Function.identity()));
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
    public void apply(List<StockMovement> movements) {
        if (movements.isEmpty()) {
            return;
        }
        Set<ProductId> products = movements.stream().map(StockMovement::product).collect(Collectors.toSet());
        Map<ProductId, Stock> levels = new HashMap<>(lock(products));
        for (StockMovement movement : movements) {
            levels.put(movement.product(), after(levels, movement));
        }
        write(levels.values());
        enter(movements);
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

    private void write(Collection<Stock> levels) {
        sql.statement("""
                UPDATE stock SET available = level.available, reserved = level.reserved
                FROM unnest(CAST(:products AS uuid[]), CAST(:available AS integer[]), CAST(:reserved AS integer[]))
                    AS level (product, available, reserved)
                WHERE stock.product = level.product
                """)
                .with("products", each(levels, Stock::product))
                .with("available", each(levels, Stock::available))
                .with("reserved", each(levels, Stock::reserved))
                .update();
    }

    private void enter(List<StockMovement> movements) {
        sql.statement("""
                INSERT INTO stock_movement (product, kind, available, reserved, reason, moved_at)
                SELECT product, kind, available, reserved, reason, moved_at
                FROM unnest(CAST(:products AS uuid[]), CAST(:kinds AS text[]), CAST(:available AS integer[]),
                            CAST(:reserved AS integer[]), CAST(:reasons AS text[]), CAST(:times AS timestamptz[]))
                    WITH ORDINALITY AS movement (product, kind, available, reserved, reason, moved_at, place)
                ORDER BY place
                """)
                .with("products", each(movements, StockMovement::product))
                .with("kinds", each(movements, StockMovement::kind))
                .with("available", each(movements, StockMovement::available))
                .with("reserved", each(movements, StockMovement::reserved))
                .with("reasons", each(movements, StockMovement::reason))
                .with("times", each(movements, StockMovement::at))
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
