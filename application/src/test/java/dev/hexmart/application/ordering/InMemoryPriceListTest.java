package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.domain.shared.ProductId;

class InMemoryPriceListTest extends PriceListContract {

    private final InMemoryPriceList prices = new InMemoryPriceList();

    @Override
    protected PriceList priceList() {
        return prices;
    }

    @Override
    protected void theCatalogOffers(ProductId product, Offer offer) {
        prices.offer(product, offer);
    }

    @Override
    protected void theCatalogWithdraws(ProductId product) {
        prices.withdraw(product);
    }

    @Override
    protected void breakCatalog() {
        prices.breakDown();
    }

    @Override
    protected Credential lastCredential() {
        return prices.lastCredential().orElseThrow();
    }
}
