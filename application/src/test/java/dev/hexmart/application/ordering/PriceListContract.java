package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link PriceList} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PriceListContract {

    private static final Offer OFFER = new Offer("Kettle „ünïcödé“", Money.of(1999, "EUR"), 7);

    private final ProductId product = Products.newProduct();
    private final Credential credential = new Credential("the-customers-token");

    protected abstract PriceList priceList();

    /** From now on the catalog offers this. */
    protected abstract void theCatalogOffers(ProductId product, Offer offer);

    /** From now on the catalog offers this no longer. */
    protected abstract void theCatalogWithdraws(ProductId product);

    /** From now on the catalog does not answer. */
    protected abstract void breakCatalog();

    /** On whose behalf the catalog was asked last. */
    protected abstract Credential lastCredential();

    @Test
    void availableProductHasItsNameAndPrice() {
        theCatalogOffers(product, OFFER);
        assertThat(offers(product)).containsExactly(Map.entry(product, OFFER));
    }

    @Test
    void thePresentPriceCounts() {
        theCatalogOffers(product, OFFER);
        assertThat(offers(product)).containsEntry(product, OFFER);
        Offer dearer = new Offer(OFFER.name(), Money.of(2999, "EUR"), 7);
        theCatalogOffers(product, dearer);
        assertThat(offers(product)).containsEntry(product, dearer);
    }

    @Test
    void theCurrencyIsTheCatalogs() {
        Offer inYen = new Offer("Kettle", Money.of(1999, "JPY"), 7);
        theCatalogOffers(product, inYen);
        assertThat(offers(product)).containsEntry(product, inYen);
    }

    @Test
    void unavailableProductIsMissing() {
        ProductId withdrawn = Products.newProduct();
        theCatalogOffers(product, OFFER);
        theCatalogOffers(withdrawn, OFFER);
        theCatalogWithdraws(withdrawn);
        assertThat(offers(withdrawn, product, Products.newProduct())).containsOnlyKeys(product);
    }

    @Test
    void asManyAsAnOrderMayHaveAreKnownAtOnce() {
        Map<ProductId, Offer> all = Stream.generate(Products::newProduct)
                .limit(100)
                .collect(Collectors.toMap(
                        Function.identity(),
                        it -> new Offer("Product " + it, Money.of(1 + (it.hashCode() & 0xff), "EUR"), 7)));
        all.forEach(this::theCatalogOffers);
        assertThat(priceList().offers(all.keySet(), credential)).isEqualTo(all);
    }

    @Test
    void emptyRequestGetsNoPrices() {
        assertThat(offers()).isEmpty();
    }

    @Test
    void theCustomersOwnCredentialIsHandedOn() {
        theCatalogOffers(product, OFFER);
        offers(product);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void catalogOutageIsATemporaryFailure() {
        theCatalogOffers(product, OFFER);
        breakCatalog();
        assertThatThrownBy(() -> offers(product)).isInstanceOf(TemporaryFailure.class);
    }

    private Map<ProductId, Offer> offers(ProductId... products) {
        return priceList().offers(List.of(products), credential);
    }
}
