package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ProductDirectory} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProductDirectoryContract {

    private static final Currency EUROS = Currency.of("EUR");

    private final ProductId product = Products.newProduct();
    private final Credential credential = new Credential("the-customers-token");

    protected abstract ProductDirectory directory();

    /** From now on the catalog offers this, at a price in euros. */
    protected abstract void theCatalogOffers(ProductId product);

    /** From now on the catalog does not answer. */
    protected abstract void breakCatalog();

    /** On whose behalf the catalog was asked last. */
    protected abstract Credential lastCredential();

    @Test
    void availableProductIsOffered() {
        theCatalogOffers(product);
        assertThat(directory().currencies(List.of(product), credential)).isEqualTo(Map.of(product, EUROS));
    }

    @Test
    void unavailableProductIsNotOffered() {
        theCatalogOffers(product);
        assertThat(directory().currencies(List.of(Products.newProduct(), product), credential))
                .isEqualTo(Map.of(product, EUROS));
    }

    @Test
    void theCustomersOwnCredentialIsHandedOn() {
        theCatalogOffers(product);
        directory().currencies(List.of(product), credential);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void missingAnswerIsATemporaryFailure() {
        theCatalogOffers(product);
        breakCatalog();
        assertThatThrownBy(() -> directory().currencies(List.of(product), credential))
                .isInstanceOf(TemporaryFailure.class);
    }
}
