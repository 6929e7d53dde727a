package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ProductDirectory} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProductDirectoryContract {

    private final ProductId product = Products.newProduct();
    private final Credential credential = new Credential("the-customers-token");

    protected abstract ProductDirectory directory();

    /** From now on the catalog offers this. */
    protected abstract void theCatalogOffers(ProductId product);

    /** From now on the catalog does not answer. */
    protected abstract void breakCatalog();

    /** On whose behalf the catalog was asked last. */
    protected abstract Credential lastCredential();

    @Test
    void whatTheCatalogOffersIsOffered() {
        theCatalogOffers(product);
        assertThat(directory().offers(product, credential)).isTrue();
    }

    @Test
    void whatTheCatalogDoesNotOfferIsNotOffered() {
        theCatalogOffers(product);
        assertThat(directory().offers(Products.newProduct(), credential)).isFalse();
    }

    @Test
    void theCustomersOwnCredentialIsHandedOn() {
        theCatalogOffers(product);
        directory().offers(product, credential);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void itIsATemporaryFailureThatNobodyAnswers() {
        theCatalogOffers(product);
        breakCatalog();
        assertThatThrownBy(() -> directory().offers(product, credential)).isInstanceOf(TemporaryFailure.class);
    }
}
