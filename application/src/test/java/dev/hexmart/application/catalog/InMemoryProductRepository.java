package dev.hexmart.application.catalog;

import dev.hexmart.application.catalog.ProductQuery.Position;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import dev.hexmart.application.transaction.Rows;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The products in memory, for one transaction. */
public final class InMemoryProductRepository implements ProductRepository {

    private static final Comparator<String> BY_ALPHABET = Alphabet.order();

    private final Rows<ProductId, Product> products;
    private final Rows<ProductId, Stock> stock;
    private final Runnable changed;

    InMemoryProductRepository(Rows<ProductId, Product> products, Rows<ProductId, Stock> stock, Runnable changed) {
        this.products = products;
        this.stock = stock;
        this.changed = changed;
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return products.find(id);
    }

    @Override
    public List<ListedProduct> findListed(Collection<ProductId> ids) {
        return ids.stream()
                .distinct()
                .map(this::findListed)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<ListedProduct> search(ProductQuery query, int limit) {
        Comparator<Position> order = order(query.sort());
        return products.all().stream()
                .filter(product -> matches(product.details(), query))
                .map(this::listed)
                .filter(listed -> query.after().isEmpty()
                        || order.compare(query.after().get(), Position.of(listed, query.sort())) < 0)
                .sorted(Comparator.comparing(listed -> Position.of(listed, query.sort()), order))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<ListedProduct> findListed(ProductId id) {
        return products.find(id).map(this::listed);
    }

    @Override
    public void add(Product product) {
        if (products.find(product.id()).isPresent()) {
            throw new StaleVersion("Product " + product.id());
        }
        products.put(product.id(), product);
        changed.run();
    }

    @Override
    public void save(Product revised) {
        checkPresent(revised.id(), revised.version() - 1);
        products.put(revised.id(), revised);
        changed.run();
    }

    @Override
    public void remove(Product product) {
        checkPresent(product.id(), product.version());
        products.remove(product.id());
        changed.run();
    }

    @Override
    public boolean isEmpty() {
        return products.all().isEmpty();
    }

    private void checkPresent(ProductId id, long version) {
        if (products.find(id).filter(present -> present.version() == version).isEmpty()) {
            throw new StaleVersion("Product " + id);
        }
    }

    private ListedProduct listed(Product product) {
        return new ListedProduct(
                product, stock.find(product.id()).map(Stock::available).orElse(0));
    }

    private static boolean matches(ProductDetails details, ProductQuery query) {
        Set<String> words = SearchWords.of(details.name(), details.description());
        return query.category().stream().allMatch(details.category()::equals)
                && query.terms().stream().allMatch(term -> matches(term, words));
    }

    static boolean matches(SearchWords.Term term, Set<String> words) {
        return begins(words, term.joined()) || term.parts().stream().allMatch(part -> begins(words, part));
    }

    private static boolean begins(Set<String> words, String beginning) {
        return words.stream().anyMatch(word -> word.startsWith(beginning));
    }

    private static Comparator<Position> order(Sort sort) {
        Comparator<Position> byName =
                Comparator.comparing(Position::key, BY_ALPHABET).thenComparing(Position::id);
        Comparator<Position> byPrice = Comparator.comparing(
                        (Position position) -> position.price().currency())
                .thenComparing(Position::price)
                .thenComparing(Position::id);
        return switch (sort) {
            case NAME -> byName;
            case NAME_DESCENDING -> byName.reversed();
            case PRICE -> byPrice;
            case PRICE_DESCENDING -> byPrice.reversed();
        };
    }
}
