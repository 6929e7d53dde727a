package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stock in memory, for one transaction. */
public final class InMemoryStockRepository implements StockRepository {

    private final Rows<ProductId, Stock> stock;
    private final Rows<ProductId, List<StockMovement>> ledger;
    private final Consumer<ProductId> changed;

    InMemoryStockRepository(
            Rows<ProductId, Stock> stock, Rows<ProductId, List<StockMovement>> ledger, Consumer<ProductId> changed) {
        this.stock = stock;
        this.ledger = ledger;
        this.changed = changed;
    }

    @Override
    public Map<ProductId, Stock> lock(Collection<ProductId> products) {
        return products.stream()
                .distinct()
                .map(stock::find)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Stock::product, level -> level));
    }

    @Override
    public void open(ProductId product) {
        if (stock.find(product).isEmpty()) {
            stock.put(product, Stock.none(product));
        }
    }

    @Override
    public void apply(List<StockMovement> movements) {
        Map<ProductId, Stock> levels = new HashMap<>();
        for (StockMovement movement : movements) {
            ProductId product = movement.product();
            Stock before = Optional.ofNullable(levels.get(product))
                    .or(() -> stock.find(product))
                    .orElseThrow(() -> new IllegalStateException("There is no stock of " + product));
            levels.put(
                    product,
                    before.after(movement)
                            .orElseThrow(() -> new IllegalStateException(before + " does not bear " + movement)));
        }
        levels.forEach(stock::put);
        movements.forEach(this::write);
        movements.stream()
                .filter(movement -> movement.available() != 0)
                .map(StockMovement::product)
                .distinct()
                .forEach(changed);
    }

    @Override
    public List<StockMovement> ledger(ProductId product, int limit) {
        return entries(product).limit(limit).toList();
    }

    private void write(StockMovement movement) {
        ProductId product = movement.product();
        ledger.put(product, Stream.concat(Stream.of(movement), entries(product)).toList());
    }

    private Stream<StockMovement> entries(ProductId product) {
        return ledger.find(product).stream().flatMap(List::stream);
    }
}
