package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.application.ordering.PriceListContract;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPriceListTest extends PriceListContract {

    private static final Credential CREDENTIAL = new Credential("the-customers-token");

    private final StubCatalog catalog = new StubCatalog();
    private final StubService service = new StubService(catalog);
    private final ServiceClient client = Clients.of(service);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void aQuestionAboutNothingIsNotAsked() {
        priceList().offers(List.of(), CREDENTIAL);
        assertThat(service.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{}]",
                "{}",
                "[{\"id\": \"x\", \"name\": \"Kettle\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}}]",
                "[{\"id\": \"5f0e5c1e-7d0c-4c53-8a53-0d1b2e9f6a11\", \"name\": \"Kettle\", \"price\": 19.99}]"
            })
    void aListThatIsNoneOfOffersIsAPermanentFailure(String list) {
        try (var odd = StubService.answering(200, Map.of("Content-Type", "application/json"), list);
                var asking = Clients.of(odd)) {
            var prices = new HttpPriceList(asking);
            var products = List.of(Products.newProduct());
            assertThatThrownBy(() -> prices.offers(products, CREDENTIAL)).isInstanceOf(PermanentFailure.class);
        }
    }

    @Override
    protected PriceList priceList() {
        return new HttpPriceList(client);
    }

    @Override
    protected void theCatalogOffers(ProductId product, Offer offer) {
        catalog.offer(product, offer.name(), offer.price());
    }

    @Override
    protected void theCatalogWithdraws(ProductId product) {
        catalog.withdraw(product);
    }

    @Override
    protected void breakCatalog() {
        service.close();
    }

    @Override
    protected Credential lastCredential() {
        return service.last().credential();
    }
}
