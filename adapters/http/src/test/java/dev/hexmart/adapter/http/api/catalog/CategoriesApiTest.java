package dev.hexmart.adapter.http.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.BrowseCategories;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.catalog.NameCategory;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.catalog.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CategoriesApiTest {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();
    private final AddProduct add =
            new AddProduct(catalog.transactor(), Products.CURRENCIES, Products::newProduct, ManualClock.atNoon());
    private final TestService service = TestService.of(new CategoriesApi(
                    new BrowseCategories(catalog.transactor()),
                    new NameCategory(catalog.transactor()),
                    KeptAnswers.of(catalog.changes()))
            .routes());
    private final Caller customer = Callers.customer(Callers.newCustomerId());
    private final Caller manager = Callers.employee();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyCategoryIsListedWithItsNameAndTheCountOfItsProducts() {
        add.add(Callers.employee(), Products.details("Moka pot", "", new Category("coffee-makers"), 1), 0);
        add.add(Callers.employee(), Products.details("Press", "", new Category("coffee-makers"), 1), 3);
        add.add(Callers.employee(), Products.details("Bowl", "", new Category("kitchen"), 1), 3);
        assertThat(service.get("/categories", customer).hasStatus(200).text())
                .isEqualTo("[{\"slug\":\"coffee-makers\",\"name\":\"Coffee makers\",\"products\":2},"
                        + "{\"slug\":\"kitchen\",\"name\":\"Kitchen\",\"products\":1}]");
    }

    @Test
    void aManagerNamesACategory() {
        add.add(Callers.employee(), Products.details("Moka pot", "", new Category("coffee-makers"), 1), 0);
        var named = service.call("PUT", "/categories/coffee-makers")
                .by(manager)
                .json("{\"name\": \"Coffee & makers\"}")
                .send()
                .hasStatus(200);
        assertThat(named.json().getString("name")).isEqualTo("Coffee & makers");
        assertThat(service.get("/categories", customer).strings("name")).containsExactly("Coffee & makers");
    }

    @Test
    void aBrokenNameIsRefusedWithThePlace() {
        for (String body : new String[] {"{}", "{\"name\": \"\"}", "{\"name\": 7}", "{\"name\": \"a\\nb\"}"}) {
            var refused = service.call("PUT", "/categories/kitchen")
                    .by(manager)
                    .json(body)
                    .send();
            assertThat(refused.hasStatus(400).faults()).as(body).containsExactly("/name");
        }
        assertThat(service.get("/categories", customer).strings("slug")).isEmpty();
    }

    @Test
    void aBrokenSlugIsNotFound() {
        service.call("PUT", "/categories/KITCHEN")
                .by(manager)
                .json("{\"name\": \"Kitchen\"}")
                .send()
                .hasStatus(404);
    }

    @Test
    void onlyAManagerNamesACategory() {
        service.call("PUT", "/categories/kitchen")
                .by(customer)
                .json("{\"name\": \"Mine\"}")
                .send()
                .hasStatus(403);
    }
}
