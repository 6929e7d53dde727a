package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.ProductQuery.Position;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ProductRepository} keeps. Its products are in a category of their own and have a word of their own. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProductRepositoryContract {

    private static final int ALL = 100;

    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");
    private final Category category =
            new Category("c" + UUID.randomUUID().toString().replace("-", ""));

    protected abstract Transactor<CatalogStore> transactor();

    @Test
    void aProductIsFoundAsItWasAdded() {
        Product product = Products.of(new ProductDetails(
                "Wasserkocher „Größe 2“ 🫖",
                "Line one\nLine two 100% _ \\ '\"",
                category,
                "/images/products/kettle-2.png",
                Money.of(1999, "JPY")));
        add(product);
        assertThat(find(product.id())).contains(product);
    }

    @Test
    void aProductThatNeverWasIsNotFound() {
        assertThat(find(Products.newProduct())).isEmpty();
        assertThat(findListed(Products.newProduct())).isEmpty();
    }

    @Test
    void anIdIsTakenOnce() {
        Product product = named("Kettle", 1999);
        add(product);
        assertStale(products -> products.add(product));
        assertThat(find(product.id())).contains(product);
    }

    @Test
    void concurrentAddsOfOneIdSucceedOnce() {
        Product product = named("Kettle", 1999);
        List<Boolean> added = AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    boolean free = store.products().find(product.id()).isEmpty();
                    if (free) {
                        store.products().add(product);
                    }
                    return free;
                })));
        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    void aRevisionReplacesTheVersionBefore() {
        Product product = named("Kettle", 1999);
        add(product);
        Product revised = product.revise(Products.details("Better kettle", "Quieter.", Products.KITCHEN, 2999));
        save(revised);
        assertThat(find(product.id())).contains(revised);
    }

    @Test
    void aRevisionOfAnotherThanThePresentVersionIsStale() {
        Product product = named("Kettle", 1999);
        add(product);
        Product second = product.revise(Products.details("Second", "", category, 1));
        assertStale(products -> products.save(product));
        assertStale(products -> products.save(second.revise(second.details())));
        save(second);
        assertStale(products -> products.save(product.revise(Products.details("Another second", "", category, 2))));
        assertThat(find(product.id())).contains(second);
    }

    @Test
    void aRevisionOfAProductThatThereIsNotIsStale() {
        assertStale(products -> products.save(Products.kettle().revise(Products.kettleDetails())));
    }

    @Test
    void aRemovedProductIsOnOfferNoLonger() {
        Product product = named("Kettle", 1999);
        add(product);
        remove(product);
        assertThat(find(product.id())).isEmpty();
        assertThat(findListed(product.id())).isEmpty();
        assertThat(findAll(List.of(product.id()))).isEmpty();
        assertThat(search(word, Sort.NAME)).isEmpty();
        assertStale(products -> products.save(product.revise(product.details())));
        assertStale(products -> products.remove(product));
    }

    @Test
    void staleVersionDoesNotRemoveAProduct() {
        Product product = named("Kettle", 1999);
        add(product);
        Product revised = product.revise(product.details());
        save(revised);
        assertStale(products -> products.remove(product));
        assertThat(find(product.id())).contains(revised);
    }

    @Test
    void theStockOfARemovedProductStays() {
        Product product = named("Kettle", 1999);
        add(product, 7);
        remove(product);
        assertThat(transactor()
                        .<Integer>inTransaction(store -> store.stock()
                                .lock(List.of(product.id()))
                                .get(product.id())
                                .available()))
                .isEqualTo(7);
    }

    @Test
    void availableProductsAreFound() {
        Product kettle = named("Kettle", 1999);
        Product toaster = named("Toaster", 2999);
        add(kettle);
        add(toaster);
        assertThat(findAll(List.of(kettle.id(), Products.newProduct(), toaster.id())))
                .containsExactlyInAnyOrder(kettle, toaster);
        assertThat(findAll(List.of())).isEmpty();
    }

    @Test
    void aProductIsListedWithThePiecesThatCanBeSold() {
        Product product = named("Kettle", 1999);
        add(product, 5);
        assertThat(findListed(product.id())).contains(new ListedProduct(product, 5));
        assertThat(search(word, Sort.NAME)).containsExactly(new ListedProduct(product, 5));
        transactor().inTransaction(store -> {
            store.stock().apply(List.of(held(product.id(), 2)));
            return product;
        });
        assertThat(findListed(product.id())).contains(new ListedProduct(product, 3));
        assertThat(search(word, Sort.NAME)).containsExactly(new ListedProduct(product, 3));
    }

    @Test
    void soldOutProductIsListed() {
        Product product = named("Kettle", 1999);
        add(product, 0);
        assertThat(search(word, Sort.NAME)).containsExactly(new ListedProduct(product, 0));
    }

    @Test
    void aSearchFindsItsWordInTheNameOrTheDescriptionInAnyCase() {
        Product byName = Products.of(Products.details("The " + word + " Kettle", "", category, 1));
        Product byDescription = Products.of(Products.details("Toaster", "Not a " + word + ".", category, 1));
        add(byName);
        add(byDescription);
        assertThat(search(word.toUpperCase(Locale.ROOT), Sort.NAME))
                .extracting(ListedProduct::product)
                .containsExactlyInAnyOrder(byName, byDescription);
    }

    @Test
    void aSearchWantsEveryOneOfItsWordsWhereverItIs() {
        Product both = Products.of(Products.details("Red kettle", "The " + word, category, 1));
        Product one = Products.of(Products.details("Blue kettle", "The " + word, category, 1));
        add(both);
        add(one);
        assertThat(search(word + "  RED ", Sort.NAME))
                .extracting(ListedProduct::product)
                .containsExactly(both);
        assertThat(search(word + " green", Sort.NAME)).isEmpty();
    }

    @Test
    void aSearchFindsTheBeginningOfAWordAndNotItsMiddle() {
        Product art = named("Art prints", 1);
        Product smart = named("Smart lamp", 2);
        add(art);
        add(smart);
        assertThat(found("art")).containsExactly(art);
        assertThat(found("ART pri")).containsExactly(art);
        assertThat(found("arts")).isEmpty();
        assertThat(found("smart")).containsExactly(smart);
        assertThat(found("lam")).containsExactly(smart);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Caf\u00e9 cr\u00e8me, cafe",
                "Caf\u00e9 cr\u00e8me, CRE\u0300ME",
                "Cafe\u0301 cre\u0300me, caf\u00e9",
                "Stra\u00dfe, STRASSE",
                "Strasse, stra\u00dfe",
                "\ufb01ne pen, fine pen",
                "\uff26\uff55\uff4c\uff4c width, full",
                "\u0130stanbul, istanbul",
                "Istanbul, \u0131stanbul",
                "O\u2019Brien mug, o'brien",
                "O'Brien mug, obrien",
                "O\u02bcBrien mug, o\u2019brien",
                "\u039f\u03b4\u03cc\u03c2, \u039f\u0394\u039f\u03a3",
                "Sm\u00f8rrebr\u00f8d, smorrebrod",
                "K\u00fchl\u00adschrank, kuhlschrank",
                "\u201eS\u00fcd\u201c pot, s\u00fcd",
                "T-Shirt, tshirt",
                "T-Shirt, t shirt",
                "T-Shirt, shirt",
                "T\u2011Shirt, t-shirt",
                "Tee shirt, tee-shirt",
                "RTX-4090, 4090",
                "RTX-4090, rtx 4090",
                "RTX 4090, rtx-4090",
                "AVC-A1H bracket, avca1h",
                "AVC-A1H bracket, A1H",
                "WH-1000XM5, wh1000xm5",
                "WH-1000XM5, 1000xm",
                "4-in-1 tool, 4in1",
                "\u7d05\u8336\u30dd\u30c3\u30c8, \u8336\u30dd",
            })
    void aSearchFindsWhatIsSpeltAlike(String name, String search) {
        Product product = named(name, 1);
        add(product);
        add(named("Kettle", 2));
        assertThat(found(search)).containsExactly(product);
    }

    @Test
    void charactersWithAMeaningElsewhereMeanNothingInASearch() {
        Product kettle = named("Kettle", 1999);
        add(kettle);
        for (String odd : List.of("%", "_", "\\", "'", "*", "?", ".", "(", "&", "|", ":", "!", "<->", ":*", "\"")) {
            assertThat(found("kettle" + odd)).as(odd).containsExactly(kettle);
            assertThat(found("kettle " + odd)).as(odd).containsExactly(kettle);
            assertThat(found("kettles" + odd)).as(odd).isEmpty();
            assertThat(found("etl" + odd)).as(odd).isEmpty();
            assertThat(found(odd)).as(odd).isEmpty();
        }
    }

    @Test
    void aRevisionIsFoundByItsNewWordsOnly() {
        Product kettle = named("Kettle", 1999);
        add(kettle);
        Product toaster = kettle.revise(Products.details("Toaster", word, category, 1999));
        save(toaster);
        assertThat(found("kettle")).isEmpty();
        assertThat(found("toaster")).containsExactly(toaster);
    }

    @Test
    void aLongWordIsFoundByAllOfIt() {
        Product product = named("Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctze", 1);
        add(product);
        assertThat(found("Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctze"))
                .containsExactly(product);
        assertThat(found("donaudampfschifffahrt")).containsExactly(product);
    }

    @Test
    void anEmptySearchFindsAllOfACategory() {
        add(named("Kettle", 1999));
        add(named("Toaster", 2999));
        add(Products.kettle());
        assertThat(list(query("", Sort.NAME, Optional.empty()), ALL)).hasSize(2);
        assertThat(list(query(" ", Sort.NAME, Optional.empty()), ALL)).hasSize(2);
    }

    @Test
    void aSearchStaysWithinItsCategory() {
        add(Products.of(Products.details("Kettle", word, Products.KITCHEN, 1)));
        assertThat(list(query(word, Sort.NAME, Optional.empty()), ALL)).isEmpty();
        assertThat(search(word, Sort.NAME)).hasSize(1);
    }

    @Test
    void productsAreSortedAsOneAsks() {
        Product cheap = named("Bowl", 100);
        Product dear = named("Apron", 10000);
        Product middle = named("Cup", 2000);
        add(cheap);
        add(dear);
        add(middle);
        assertThat(sorted(Sort.NAME)).containsExactly(dear, cheap, middle);
        assertThat(sorted(Sort.NAME_DESCENDING)).containsExactly(middle, cheap, dear);
        assertThat(sorted(Sort.PRICE)).containsExactly(cheap, middle, dear);
        assertThat(sorted(Sort.PRICE_DESCENDING)).containsExactly(dear, middle, cheap);
    }

    /** Accents and case tell apart only what is alike otherwise, and no letter comes after all others. */
    @Test
    void namesAreInAlphabeticalOrder() {
        List<String> alphabet = List.of(
                "2 cups",
                "\u00c4pfel",
                "apple",
                "cote",
                "cot\u00e9",
                "cup",
                "Eclair",
                "\u00c9clair tin",
                "Eclair tray",
                "emerald",
                "Ice",
                "ink",
                "Ink well",
                "jug",
                "O'Brien mug",
                "oak",
                "Stra\u00dfe",
                "Strasse w",
                "tea pot",
                "tea-zebra",
                "Teapot",
                "zebra",
                "\u042f\u0449\u0438\u043a");
        List<String> mixed = new ArrayList<>(alphabet);
        Collections.shuffle(mixed, new Random(7));
        mixed.forEach(name -> add(named(name, 1)));
        assertThat(sorted(Sort.NAME)).extracting(it -> it.details().name()).containsExactlyElementsOf(alphabet);
        assertThat(sorted(Sort.NAME_DESCENDING))
                .extracting(it -> it.details().name())
                .containsExactlyElementsOf(alphabet.reversed());
        assertThat(pageByPage(Sort.NAME, 2)).isEqualTo(sorted(Sort.NAME));
    }

    @Test
    void namesOfOneSpellingInTwoFormsComeOncePageByPage() {
        for (String name : List.of("Caf\u00e9", "Cafe\u0301", "Cafe", "caf\u00e9", "CAF\u00c9")) {
            add(named(name, 1));
            add(named(name, 1));
        }
        assertThat(pageByPage(Sort.NAME, 1)).hasSize(10).isEqualTo(sorted(Sort.NAME));
        assertThat(pageByPage(Sort.NAME_DESCENDING, 3)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void sortingByPriceIsByCurrencyFirstAndByAmountWithinIt() {
        Product dinars = priced(Money.of(900, "KWD"));
        Product cents = priced(Money.of(400, "EUR"));
        Product yen = priced(Money.of(500, "JPY"));
        Product moreYen = priced(Money.of(1000, "JPY"));
        Product euros = priced(Money.of(100_000, "EUR"));
        List.of(dinars, cents, yen, moreYen, euros).forEach(this::add);
        assertThat(sorted(Sort.PRICE)).containsExactly(cents, euros, yen, moreYen, dinars);
        assertThat(sorted(Sort.PRICE_DESCENDING)).containsExactly(dinars, moreYen, yen, euros, cents);
        assertThat(pageByPage(Sort.PRICE, 2)).containsExactly(cents, euros, yen, moreYen, dinars);
        assertThat(pageByPage(Sort.PRICE_DESCENDING, 1)).containsExactly(dinars, moreYen, yen, euros, cents);
    }

    /** Whether something may be sold in a currency is not the repository's question: what is stored can be read. */
    @ParameterizedTest
    @ValueSource(strings = {"EUR", "IDR", "JPY", "KWD", "UYW", "BGN", "XAU"})
    void theHighestPriceOfEveryCurrencyIsKept(String code) {
        Product product = priced(new Money(ProductDetails.maxPrice(Currency.of(code)), Currency.of(code)));
        add(product);
        assertThat(find(product.id())).contains(product);
        assertThat(pageByPage(Sort.PRICE, 1)).containsExactly(product);
    }

    @ParameterizedTest
    @EnumSource
    void pageByPageEveryProductComesOnceAlsoWhereManyAreAlike(Sort sort) {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            products.add(named("Twin", 500));
            products.add(named("Twin", 700 + i));
            products.add(named("Single " + i, 500));
        }
        products.forEach(this::add);
        List<Product> whole = sorted(sort);
        assertThat(pageByPage(sort, 5)).containsExactlyElementsOf(whole);
        assertThat(pageByPage(sort, 1)).containsExactlyElementsOf(whole);
        assertThat(whole).containsExactlyInAnyOrderElementsOf(products);
    }

    @Test
    void aPageBeginsBehindTheOneBeforeAlthoughItsLastProductIsGone() {
        Product first = named("Apron", 1);
        Product second = named("Bowl", 2);
        Product third = named("Cup", 3);
        add(first);
        add(second);
        add(third);
        List<ListedProduct> page = list(query("", Sort.NAME, Optional.empty()), 2);
        remove(second);
        add(named("Aardvark", 4));
        Position after = Position.of(page.getLast(), Sort.NAME);
        assertThat(list(query("", Sort.NAME, Optional.of(after)), 2))
                .extracting(ListedProduct::product)
                .containsExactly(third);
    }

    @Test
    void theRepositoryIsNotEmptyOnceThereIsAProduct() {
        add(named("Kettle", 1999));
        assertThat(transactor().<Boolean>inTransaction(store -> store.products().isEmpty()))
                .isFalse();
    }

    private Product priced(Money price) {
        return Products.of(new ProductDetails("Kettle", word, category, "/images/products/kettle.svg", price));
    }

    private Product named(String name, long cents) {
        return Products.of(Products.details(name, word, category, cents));
    }

    private void add(Product product) {
        add(product, 0);
    }

    private void add(Product product, int stock) {
        transactor().inTransaction(store -> {
            store.products().add(product);
            store.stock().open(product.id());
            if (stock > 0) {
                store.stock().apply(List.of(StockMovement.adjusted(product.id(), stock, "delivery", now())));
            }
            return product;
        });
    }

    private void save(Product product) {
        transactor().inTransaction(store -> {
            store.products().save(product);
            return product;
        });
    }

    private void remove(Product product) {
        transactor().inTransaction(store -> {
            store.products().remove(product);
            return product;
        });
    }

    private Optional<Product> find(ProductId id) {
        return transactor().inTransaction(store -> store.products().find(id));
    }

    private Optional<ListedProduct> findListed(ProductId id) {
        return transactor().inTransaction(store -> store.products().findListed(id));
    }

    private List<Product> findAll(List<ProductId> ids) {
        return transactor()
                .inTransaction(store -> store.products().findListed(ids).stream()
                        .map(ListedProduct::product)
                        .toList());
    }

    private List<ListedProduct> search(String search, Sort sort) {
        return list(new ProductQuery(search, Optional.empty(), sort, Optional.empty()), ALL);
    }

    private List<Product> found(String search) {
        return list(query(search, Sort.NAME, Optional.empty()), ALL).stream()
                .map(ListedProduct::product)
                .toList();
    }

    private List<Product> sorted(Sort sort) {
        return list(query("", sort, Optional.empty()), ALL).stream()
                .map(ListedProduct::product)
                .toList();
    }

    private List<Product> pageByPage(Sort sort, int limit) {
        List<Product> all = new ArrayList<>();
        List<ListedProduct> page = list(query("", sort, Optional.empty()), limit);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            page.forEach(listed -> all.add(listed.product()));
            page = list(query("", sort, Optional.of(Position.of(page.getLast(), sort))), limit);
        }
        return all;
    }

    private ProductQuery query(String search, Sort sort, Optional<Position> after) {
        return new ProductQuery(search, Optional.of(category), sort, after);
    }

    private List<ListedProduct> list(ProductQuery query, int limit) {
        return transactor().inTransaction(store -> store.products().search(query, limit));
    }

    /** Within its transaction, because the transactor would run the work again. */
    private void assertStale(Consumer<ProductRepository> change) {
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    try {
                        change.accept(store.products());
                    } catch (StaleVersion e) {
                        throw new IllegalArgumentException("stale, as it should be", e);
                    }
                    return change;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasCauseInstanceOf(StaleVersion.class);
    }

    private static StockMovement held(ProductId product, int pieces) {
        return new StockMovement(product, StockMovement.Kind.RESERVED, -pieces, pieces, "an order", now());
    }

    private static Instant now() {
        return Instant.parse("2026-03-02T12:00:00Z");
    }
}
