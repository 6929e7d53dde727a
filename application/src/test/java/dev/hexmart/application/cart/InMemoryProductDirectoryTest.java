package dev.hexmart.application.cart;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;

class InMemoryProductDirectoryTest extends ProductDirectoryContract {

    private final InMemoryProductDirectory products = new InMemoryProductDirectory();

    @Override
    protected ProductDirectory directory() {
        return products;
    }

    @Override
    protected void theCatalogOffers(ProductId product) {
        products.offer(product);
    }

    @Override
    protected void breakCatalog() {
        products.breakDown();
    }

    @Override
    protected Credential lastCredential() {
        return products.lastCredential().orElseThrow();
    }
}
