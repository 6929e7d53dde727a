package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.cart.ProductDirectoryContract;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import org.junit.jupiter.api.AfterEach;

class HttpProductDirectoryTest extends ProductDirectoryContract {

    private final StubCatalog catalog = new StubCatalog();
    private final StubService service = new StubService(catalog);
    private final ServiceClient client = Clients.of(service);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Override
    protected ProductDirectory directory() {
        return new HttpProductDirectory(new HttpPriceList(client));
    }

    @Override
    protected void theCatalogOffers(ProductId product) {
        catalog.offer(product, "Kettle", Money.of(1999, "EUR"));
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
