package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, editing, removing, counting and browsing. */
class TendingTheCatalogTest {

    private static final ProductDetails BETTER = Products.details("Better kettle", "", Products.KITCHEN, 2999);

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryCatalog catalog = InMemoryCatalog.create();
    private final AddProduct adding =
            new AddProduct(catalog.transactor(), Products.CURRENCIES, Products::newProduct, clock);
    private final EditProduct editing = new EditProduct(catalog.transactor(), Products.CURRENCIES);
    private final AdjustStock adjusting = new AdjustStock(catalog.transactor(), clock);
    private final BrowseProducts browsing = new BrowseProducts(catalog.transactor(), Products.CURRENCIES);

    @Test
    void aProductInACurrencyThatIsNotSoldAnyMoreIsListedButNotOnOffer() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        BrowseProducts later = new BrowseProducts(catalog.transactor(), SellingCurrencies.parse("JPY"));
        ListedProduct unsellable = new ListedProduct(added.product(), 0);
        ProductQuery all = new ProductQuery("", Optional.empty(), ProductQuery.Sort.NAME, Optional.empty());
        assertThat(later.list(all, 10).products()).containsExactly(unsellable);
        assertThat(later.find(added.product().id())).contains(unsellable);
        assertThat(later.findAll(List.of(added.product().id()))).isEmpty();
    }

    @Test
    void aNewProductIsOnOfferWithItsFirstDelivery() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        assertThat(added.product()).isEqualTo(Product.introduce(added.product().id(), Products.kettleDetails()));
        assertThat(added.available()).isEqualTo(5);
        assertThat(browsing.find(added.product().id())).contains(added);
        assertThat(ledger(added.product().id()))
                .containsExactly(StockMovement.adjusted(added.product().id(), 5, "First delivery", clock.instant()));
    }

    @Test
    void aNewProductWithoutStockCanBeDeliveredLater() {
        ProductId id =
                Products.added(adding, Products.kettleDetails(), 0).product().id();
        assertThat(ledger(id)).isEmpty();
        assertThat(adjusting.adjust(Callers.employee(), id, 3, "Delivery"))
                .isInstanceOf(AdjustStock.Outcome.Adjusted.class);
        assertThat(browsing.find(id).orElseThrow().available()).isEqualTo(3);
    }

    @Test
    void aNewShopIsFilledOnce() {
        List<ListedProduct> goods = List.of(new ListedProduct(Products.kettle(), 3));
        assertThat(adding.seed(goods)).isTrue();
        assertThat(adding.seed(goods)).isFalse();
        assertThat(adding.seed(List.of(new ListedProduct(Products.kettle(), 9))))
                .isFalse();
        assertThat(all(Sort.NAME)).isEqualTo(goods);
    }

    @Test
    void aNewShopIsFilledOnceThoughManyInstancesStartAtOnce() {
        List<ListedProduct> goods = List.of(new ListedProduct(Products.kettle(), 3));
        assertThat(AtOnce.times(8, () -> adding.seed(goods))).containsOnlyOnce(true);
        assertThat(all(Sort.NAME)).isEqualTo(goods);
    }

    @Test
    void matchingVersionRevisesTheProduct() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        Product revised = added.product().revise(BETTER);
        assertThat(editing.revise(Callers.employee(), added.product().id(), 1, BETTER))
                .isEqualTo(new EditProduct.Outcome.Done(new ListedProduct(revised, 5)));
        assertThat(browsing.find(revised.id())).contains(new ListedProduct(revised, 5));
    }

    @Test
    void staleVersionChangesNothing() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        ProductId id = added.product().id();
        editing.revise(Callers.employee(), id, 1, BETTER);
        assertThat(editing.revise(Callers.employee(), id, 1, Products.kettleDetails()))
                .isEqualTo(new EditProduct.Outcome.Stale());
        assertThat(editing.revise(Callers.employee(), id, 3, Products.kettleDetails()))
                .isEqualTo(new EditProduct.Outcome.Stale());
        assertThat(editing.remove(Callers.employee(), id, 1)).isEqualTo(new EditProduct.Outcome.Stale());
        assertThat(browsing.find(id).orElseThrow().product().details()).isEqualTo(BETTER);
    }

    @Test
    void concurrentEditsOfAVersionSucceedOnce() {
        ProductId id =
                Products.added(adding, Products.kettleDetails(), 5).product().id();
        List<EditProduct.Outcome> outcomes = AtOnce.times(8, () -> editing.revise(Callers.employee(), id, 1, BETTER));
        assertThat(outcomes.stream().filter(EditProduct.Outcome.Done.class::isInstance))
                .hasSize(1);
        assertThat(browsing.find(id).orElseThrow().product().version()).isEqualTo(2);
    }

    @Test
    void aRemovedProductIsGoneAndWasLastWhatTheAnswerSays() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        ProductId id = added.product().id();
        assertThat(editing.remove(Callers.employee(), id, 1)).isEqualTo(new EditProduct.Outcome.Done(added));
        assertThat(browsing.find(id)).isEmpty();
        assertThat(editing.remove(Callers.employee(), id, 1)).isEqualTo(new EditProduct.Outcome.NotFound());
        assertThat(editing.revise(Callers.employee(), id, 1, BETTER)).isEqualTo(new EditProduct.Outcome.NotFound());
        assertThat(adjusting.adjust(Callers.employee(), id, 1, "Delivery"))
                .isEqualTo(new AdjustStock.Outcome.NotFound());
    }

    @Test
    void anAdjustmentIsAppliedAndWrittenDown() {
        ListedProduct added = Products.added(adding, Products.kettleDetails(), 5);
        ProductId id = added.product().id();
        assertThat(adjusting.adjust(Callers.employee(), id, -2, "Broken"))
                .isEqualTo(new AdjustStock.Outcome.Adjusted(new ListedProduct(added.product(), 3)));
        assertThat(ledger(id).getFirst()).isEqualTo(StockMovement.adjusted(id, -2, "Broken", clock.instant()));
    }

    @Test
    void theLedgerTellsHowTheStockCameToBeWhatItIs() {
        ProductId id =
                Products.added(adding, Products.kettleDetails(), 5).product().id();
        adjusting.adjust(Callers.employee(), id, -2, "Broken");
        assertThat(adjusting.ledger(Callers.employee(), id, 10)).contains(ledger(id));
        assertThat(adjusting.ledger(Callers.employee(), id, 1))
                .contains(ledger(id).subList(0, 1));
        assertThat(adjusting.ledger(Callers.employee(), Products.newProduct(), 10))
                .isEmpty();
    }

    @Test
    void severalProductsAreFoundAtOnce() {
        ListedProduct kettle = Products.added(adding, Products.kettleDetails(), 5);
        ListedProduct better = Products.added(adding, BETTER, 0);
        List<ProductId> ids = List.of(
                kettle.product().id(), Products.newProduct(), better.product().id());
        assertThat(browsing.findAll(ids)).containsExactlyInAnyOrder(kettle, better);
    }

    @Test
    void stockIsNeverAdjustedBelowZeroNorAboveTheMaximum() {
        ProductId id =
                Products.added(adding, Products.kettleDetails(), 5).product().id();
        Stock present = new Stock(id, 5, 0);
        assertThat(adjusting.adjust(Callers.employee(), id, -6, "Lost"))
                .isEqualTo(new AdjustStock.Outcome.OutOfBounds(present));
        assertThat(adjusting.adjust(Callers.employee(), id, Stock.MAX, "Found"))
                .isEqualTo(new AdjustStock.Outcome.OutOfBounds(present));
        assertThat(ledger(id)).hasSize(1);
    }

    @Test
    void anAdjustmentThatMakesNoSenseIsRefused() {
        ProductId id =
                Products.added(adding, Products.kettleDetails(), 5).product().id();
        assertThatIllegalArgumentException().isThrownBy(() -> adjusting.adjust(Callers.employee(), id, 0, "Nothing"));
        assertThatIllegalArgumentException().isThrownBy(() -> adjusting.adjust(Callers.employee(), id, 1, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void allPagesCanBeBrowsed(int limit) {
        for (int i = 0; i < 6; i++) {
            Products.added(adding, Products.details("Kettle " + i / 2, "", Products.KITCHEN, 100), i);
        }
        List<ListedProduct> seen = new ArrayList<>();
        Optional<ProductQuery.Position> next = Optional.empty();
        int pages = 0;
        do {
            BrowseProducts.Page page =
                    browsing.list(new ProductQuery("kettle", Optional.empty(), Sort.NAME, next), limit);
            seen.addAll(page.products());
            next = page.next();
            pages++;
        } while (next.isPresent());
        assertThat(seen).isEqualTo(all(Sort.NAME)).hasSize(6);
        assertThat(pages).isEqualTo((6 + limit - 1) / limit);
    }

    @Test
    void aPageHasItsBounds() {
        ProductQuery all = new ProductQuery("", Optional.empty(), Sort.NAME, Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> browsing.list(all, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> browsing.list(all, ProductQuery.MAX_LIMIT + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProductQuery(
                        "x".repeat(ProductQuery.MAX_SEARCH + 1), Optional.empty(), Sort.NAME, Optional.empty()));
    }

    private List<ListedProduct> all(Sort sort) {
        return browsing.list(new ProductQuery("", Optional.empty(), sort, Optional.empty()), ProductQuery.MAX_LIMIT)
                .products();
    }

    private List<StockMovement> ledger(ProductId id) {
        return catalog.transactor().inTransaction(store -> store.stock().ledger(id, 100));
    }
}
