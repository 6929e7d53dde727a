package dev.hexmart.adapter.http.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsApiTest {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();
    private final AddProduct add = new AddProduct(
            catalog.transactor(), Products.CURRENCIES, () -> new ProductId(UUID.randomUUID()), ManualClock.atNoon());
    private final TestService service = TestService.of(new ProductsApi(
                    new BrowseProducts(catalog.transactor(), Products.CURRENCIES),
                    add,
                    new EditProduct(catalog.transactor(), Products.CURRENCIES),
                    new AdjustStock(catalog.transactor(), ManualClock.atNoon()),
                    KeptAnswers.of(catalog.changes()))
            .routes());
    private final Caller customer = Callers.customer(Callers.newCustomerId());
    private final Caller manager = Callers.employee();

    @AfterEach
    void stop() {
        service.close();
    }

    private String offer(String name, long cents) {
        return offered(name, cents).product().id().toString();
    }

    private void offer(String name, Money price) {
        Products.added(add, new ProductDetails(name, "", Products.KITCHEN, "/images/products/kettle.svg", price), 10);
    }

    private ListedProduct offered(String name, long cents) {
        return Products.added(add, Products.details(name, "About " + name, Products.KITCHEN, cents), 10);
    }

    @Test
    void allThatIsWrongWithTheParametersIsSaidAtOnce() {
        var refused =
                service.get("/products?limit=0&sort=size&category=UP", customer).hasStatus(400);

        assertThat(refused.json().toString()).contains("\"sort\"", "\"category\"", "\"limit\"");
    }

    @Test
    void aProductIsTakenOnOfferAndFoundWhereTheAnswerSays() {
        var created =
                service.call("POST", "/products").by(manager).json("""
                    {"name": "Tea pot", "description": "Round.", "category": "kitchen",
                     "image": "/images/products/pot.svg", "price": {"amount": 2599, "currency": "EUR"}, "stock": 3}
                    """).send().hasStatus(201);
        var found = service.get(created.header("Location"), customer).hasStatus(200);

        assertThat(found.json()).isEqualTo(created.json());
        assertThat(found.header("ETag")).isEqualTo(created.header("ETag")).isEqualTo("\"1.3\"");
        JsonObject product = found.json();
        assertThat(created.header("Location")).isEqualTo("/products/" + product.getString("id"));
        assertThat(product.getString("name")).isEqualTo("Tea pot");
        assertThat(product.getString("description")).isEqualTo("Round.");
        assertThat(product.getString("category")).isEqualTo("kitchen");
        assertThat(product.getString("image")).isEqualTo("/images/products/pot.svg");
        assertThat(product.getJsonObject("price").getInt("amount")).isEqualTo(2599);
        assertThat(product.getJsonObject("price").getString("currency")).isEqualTo("EUR");
        assertThat(product.getInt("stock")).isEqualTo(3);
    }

    @Test
    void newProductHasDefaults() {
        var product = service.call("POST", "/products")
                .by(manager)
                .json("{\"name\": \"Thing\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}, \"stock\": 0}")
                .send()
                .hasStatus(201)
                .json();
        assertThat(product.getString("description")).isEmpty();
        assertThat(product.getString("category")).isEqualTo("other");
        assertThat(product.getString("image")).isEqualTo("/images/products/placeholder.svg");
    }

    @Test
    void allThatIsWrongWithAProductIsNamedAtOnce() {
        var answer =
                service.call("POST", "/products").by(manager).json("""
                    {"name": " ", "description": 7, "category": "No Slug", "image": "http://evil/x.svg",
                     "price": {"amount": -5, "currency": "EURO"}, "stock": 1.5}
                    """).send().isProblem(400, "invalid-body");
        assertThat(answer.faults())
                .containsExactly(
                        "/name", "/description", "/category", "/image", "/price/amount", "/price/currency", "/stock");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                          | /name
        []                                                                          | ''
        "x"                                                                         | ''
        {"name": null, "price": {"amount": 1, "currency": "EUR"}, "stock": 0}       | /name
        {"name": 7, "price": {"amount": 1, "currency": "EUR"}, "stock": 0}          | /name
        {"name": "a\\u0000b", "price": {"amount": 1, "currency": "EUR"}, "stock": 0}| /name
        {"name": "\\ud800", "price": {"amount": 1, "currency": "EUR"}, "stock": 0}  | /name
        {"name": "a", "price": 1, "stock": 0}                                       | /price
        {"name": "a", "price": {"amount": 0, "currency": "EUR"}, "stock": 0}        | /price
        {"name": "a", "price": {"amount": 1999.5, "currency": "EUR"}, "stock": 0}   | /price/amount
        {"name": "a", "price": {"amount": 1e1000000000, "currency": "EUR"}, "stock": 0} | /price/amount
        {"name": "a", "price": {"amount": 1, "currency": "EUR"}, "stock": 1.5}      | /stock
        {"name": "a", "price": {"amount": "1", "currency": "EUR"}, "stock": 0}      | /price/amount
        {"name": "a", "price": {"amount": 99999999999999999999, "currency": "EUR"}, "stock": 0} | /price/amount
        {"name": "a", "price": {"amount": true, "currency": "EUR"}, "stock": 0}     | /price/amount
        {"name": "a", "price": {"amount": 1}, "stock": 0}                           | /price/currency
        {"name": "a", "price": {"amount": 1, "currency": "EUR"}}                    | /stock
        {"name": "a", "price": {"amount": 1, "currency": "EUR"}, "stock": -1}       | /stock
        {"name": "a", "price": {"amount": 1, "currency": "EUR"}, "stock": 1000001}  | /stock
        """)
    void aBrokenProductIsRefusedWithThePlace(String body, String pointer) {
        var answer =
                service.call("POST", "/products").by(manager).json(body).send().isProblem(400, "invalid-body");
        assertThat(answer.faults()).contains(pointer);
    }

    @Test
    void productsSortedByPriceComeCurrencyByCurrencyOverAllPages() {
        offer("Tea", Money.of(100_000, "EUR"));
        offer("Coffee", Money.of(500, "JPY"));
        offer("Milk", Money.of(900, "KWD"));
        offer("Sugar", Money.of(400, "EUR"));
        List<String> names = new ArrayList<>();
        String page = "/products?sort=price&limit=1";
        while (!page.isEmpty()) {
            Answer answer = service.get(page, customer).hasStatus(200);
            names.addAll(answer.strings("name"));
            page = next(answer);
        }
        assertThat(names).containsExactly("Sugar", "Tea", "Coffee", "Milk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "BGN", "XXX"})
    void aPriceInACurrencyThatIsNotSoldIsRefusedWithThoseThatAre(String code) {
        String path = "/products/" + offer("Kettle", 1999);
        String price = "\"price\": {\"amount\": 1, \"currency\": \"%s\"}".formatted(code);
        var added = service.call("POST", "/products")
                .by(manager)
                .json("{\"name\": \"Cup\", %s, \"stock\": 1}".formatted(price))
                .send()
                .isProblem(422, "currency-not-sold");
        assertThat(added.faults()).containsExactly("/price/currency");
        assertThat(added.json().getString("detail")).contains(code, "EUR, JPY, KWD");
        service.call("PUT", path)
                .by(manager)
                .header("If-Match", "*")
                .json("{\"name\": \"Cup\", %s}".formatted(price))
                .send()
                .isProblem(422, "currency-not-sold");
        assertThat(service.get("/products", customer).strings("name")).containsExactly("Kettle");
    }

    @Test
    void integersWrittenAsFloatsAreTaken() {
        var product = service.call("POST", "/products")
                .by(manager)
                .json("{\"name\": \"Kettle\", \"price\": {\"amount\": 1.999e3, \"currency\": \"EUR\"}, \"stock\": 7.0}")
                .send()
                .hasStatus(201);
        assertThat(product.json().getJsonObject("price").toString()).contains("\"amount\":1999,");
        assertThat(product.json().get("stock").toString()).isEqualTo("7");
        var more = service.call("POST", product.header("Location") + "/stock")
                .by(manager)
                .json("{\"delta\": 3.0, \"reason\": \"delivery\"}")
                .send()
                .hasStatus(200);
        assertThat(more.json().getInt("stock")).isEqualTo(10);
    }

    @Test
    void theListIsSearchedFilteredAndSorted() {
        offer("Kettle", 1999);
        offer("Cup", 499);
        offer("Tea pot", 2599);

        assertThat(service.get("/products", customer).hasStatus(200).strings("name"))
                .containsExactly("Cup", "Kettle", "Tea pot");
        assertThat(service.get("/products?sort=-price", customer).strings("name"))
                .containsExactly("Tea pot", "Kettle", "Cup");
        assertThat(service.get("/products?search=tea%20POT", customer).strings("name"))
                .containsExactly("Tea pot");
        assertThat(service.get("/products?search=tea+pot&category=kitchen", customer)
                        .strings("name"))
                .containsExactly("Tea pot");
        assertThat(service.get("/products?category=garden", customer).strings("name"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "price", "-price"})
    void followingTheLinksShowsEachProductOnce(String sort) {
        IntStream.range(0, 7).forEach(i -> offer("Thing & more " + i, 100 + i / 2));
        List<String> seen = new ArrayList<>();
        String next = "/products?limit=3&sort=" + sort + "&search=thing%20%26";
        for (int pages = 0; !next.isEmpty(); pages++) {
            assertThat(pages).isLessThan(3);
            Answer page = service.get(next, customer).hasStatus(200);
            seen.addAll(page.strings("name"));
            next = next(page);
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    private static String next(Answer page) {
        String link = page.header("Link");
        if (!link.isEmpty()) {
            assertThat(link).endsWith(">; rel=\"next\"");
            return link.substring(1, link.indexOf('>'));
        }
        return "";
    }

    @Test
    void pageThatTheClientHasIsNotSentAgainUntilSomethingOnItChanges() {
        String path = "/products/" + offer("Kettle", 1999);
        offer("Cup", 499);
        Answer page = service.get("/products", customer).hasStatus(200);
        String tag = page.header("ETag");
        assertThat(page.header("Cache-Control")).isEqualTo("private, no-cache");
        Answer known = listKnownAs(tag).hasStatus(304);
        assertThat(known.header("ETag")).isEqualTo(tag);

        service.call("POST", path + "/stock")
                .by(manager)
                .json("{\"delta\": -1, \"reason\": \"broken\"}")
                .send()
                .hasStatus(200);
        assertThat(listKnownAs(tag).hasStatus(200).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void firstPageHasAnotherTagWhenAPageBehindItAppears() {
        offer("Cup", 499);
        String tag = service.get("/products?limit=1", customer).header("ETag");
        offer("Kettle", 1999);
        assertThat(service.get("/products?limit=1", customer).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void editorSeesTheirChangeInListsAndProductAsSoonAsItIsAnswered() {
        String path = "/products/" + offer("Kettle", 1999);
        for (int i = 1; i <= 20; i++) {
            String name = "Kettle " + i;
            String tag = service.get(path, customer).header("ETag");
            assertThat(service.get("/products", customer).strings("name")).hasSize(1);
            put(path, name).header("If-Match", tag).send().hasStatus(200);
            assertThat(service.get("/products", customer).strings("name")).containsExactly(name);
            assertThat(service.get(path, customer).json().getString("name")).isEqualTo(name);
        }
    }

    private Answer listKnownAs(String tag) {
        return service.call("GET", "/products")
                .by(customer)
                .header("If-None-Match", tag)
                .send();
    }

    @Test
    void aCursorIsGoodForTheSortItWasGivenOutFor() {
        offer("Kettle", 1999);
        offer("Cup", 499);
        String byName = next(service.get("/products?limit=1", customer));
        String cursor = byName.substring(byName.indexOf("cursor="));
        var answer = service.get("/products?sort=price&" + cursor, customer).isProblem(400, "invalid-parameter");
        assertThat(answer.faults()).containsExactly("cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=x, limit",
        "limit=-1, limit",
        "limit=1.5, limit",
        "limit=, limit",
        "limit=99999999999, limit",
        "limit=1&limit=2, limit",
        "sort=colour, sort",
        "category=No%20Slug, category",
        "cursor=nonsense, cursor",
        "cursor=AAAA, cursor",
        "cursor=%25, cursor",
        "search=%00, search",
        "ids=7, ids",
        "ids=, ids",
    })
    void aBadParameterIsNamed(String query, String parameter) {
        var answer = service.get("/products?" + query, customer).isProblem(400, "invalid-parameter");
        assertThat(answer.faults()).containsExactly(parameter);
        assertThat(answer.json().getString("detail")).startsWith(parameter + ": ");
    }

    @Test
    void aSearchThatIsTooLongIsRefused() {
        service.get("/products?search=" + "x".repeat(101), customer).isProblem(400, "invalid-parameter");
        service.get("/products?search=" + "x".repeat(100), customer).hasStatus(200);
    }

    @Test
    void productsCanBeAskedForByTheirIds() {
        String kettle = offer("Kettle", 1999);
        offer("Cup", 499);
        String pot = offer("Tea pot", 2599);
        var answer = service.get("/products?ids=" + pot + "," + UUID.randomUUID() + "," + kettle, customer)
                .hasStatus(200);
        assertThat(answer.strings("id")).containsExactly(pot, kettle);
    }

    @Test
    void aHundredIdsAreTakenAndNotOneMore() {
        String hundred = String.join(
                ",",
                IntStream.range(0, 100)
                        .mapToObj(_ -> UUID.randomUUID().toString())
                        .toList());
        service.get("/products?ids=" + hundred, customer).hasStatus(200);
        service.get("/products?ids=" + hundred + "," + UUID.randomUUID(), customer)
                .isProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "nonsense", "1-1-1-1-1", "%00", "00000000-0000-0000-0000-000000000000"})
    void anUnknownOrImpossibleIdIsNotFound(String id) {
        service.get("/products/" + id, customer).isProblem(404, "not-found");
        service.call("DELETE", "/products/" + id)
                .by(manager)
                .header("If-Match", "*")
                .send()
                .isProblem(404, "not-found");
        service.get("/products/" + id + "/stock", manager).isProblem(404, "not-found");
        service.call("POST", "/products/" + id + "/stock")
                .by(manager)
                .json("{\"delta\": 1, \"reason\": \"found\"}")
                .send()
                .isProblem(404, "not-found");
    }

    @Test
    void knownEntityTagGets304() {
        String path = "/products/" + offer("Kettle", 1999);
        String tag = service.get(path, customer).header("ETag");
        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            var answer = service.call("GET", path)
                    .by(customer)
                    .header("If-None-Match", known)
                    .send()
                    .hasStatus(304);
            assertThat(answer.text()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        service.call("GET", path)
                .by(customer)
                .header("If-None-Match", "\"0.0\"")
                .send()
                .hasStatus(200);
    }

    private TestService.Call put(String path, String name) {
        return service.call("PUT", path)
                .by(manager)
                .json("{\"name\": \"%s\", \"price\": {\"amount\": 2099, \"currency\": \"EUR\"}}".formatted(name));
    }

    @Test
    void matchingEntityTagAllowsARevision() {
        String path = "/products/" + offer("Kettle", 1999);
        String tag = service.get(path, customer).header("ETag");
        var revised = put(path, "Better kettle").header("If-Match", tag).send().hasStatus(200);
        assertThat(revised.json().getString("name")).isEqualTo("Better kettle");
        assertThat(revised.header("ETag")).isEqualTo("\"2.10\"");
        put(path, "Late kettle").header("If-Match", tag).send().isProblem(412, "stale");
        put(path, "Any kettle").header("If-Match", "*").send().hasStatus(200);
        assertThat(service.get(path, customer).json().getString("name")).isEqualTo("Any kettle");
    }

    @Test
    void sellingDoesNotGetInTheWayOfEditing() {
        String path = "/products/" + offer("Kettle", 1999);
        String tag = service.get(path, customer).header("ETag");
        service.call("POST", path + "/stock")
                .by(manager)
                .json("{\"delta\": -1, \"reason\": \"broken\"}")
                .send()
                .hasStatus(200);
        put(path, "Better kettle").header("If-Match", tag).send().hasStatus(200);
    }

    @Test
    void changeWithoutIfMatchIsRefused() {
        String path = "/products/" + offer("Kettle", 1999);
        put(path, "x").send().isProblem(428, "precondition-required");
        service.call("DELETE", path).by(manager).send().isProblem(428, "precondition-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"9.10\"", "nonsense", "\"1\"", "W/\"1.10\"", "\"1.x\"", "1.10", "\"11.0\""})
    void aStaleOrGarbledPreconditionFails(String tag) {
        String path = "/products/" + offer("Kettle", 1999);
        put(path, "x").header("If-Match", tag).send().isProblem(412, "stale");
        service.call("DELETE", path).by(manager).header("If-Match", tag).send().isProblem(412, "stale");
    }

    @Test
    void revisionIsValidatedLikeANewProduct() {
        String path = "/products/" + offer("Kettle", 1999);
        var answer = service.call("PUT", path)
                .by(manager)
                .header("If-Match", "*")
                .json("{\"name\": \"\"}")
                .send()
                .isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly("/name", "/price");
    }

    @Test
    void aProductThatIsTakenOffTheOfferIsGone() {
        String path = "/products/" + offer("Kettle", 1999);
        String tag = service.get(path, customer).header("ETag");
        service.call("DELETE", path).by(manager).header("If-Match", tag).send().hasStatus(204);
        service.get(path, customer).isProblem(404, "not-found");
        service.call("DELETE", path).by(manager).header("If-Match", tag).send().isProblem(404, "not-found");
    }

    @Test
    void stockIsAdjustedAndNeverFallsBelowZero() {
        String path = "/products/" + offer("Kettle", 1999);
        var fewer = service.call("POST", path + "/stock")
                .by(manager)
                .json("{\"delta\": -10, \"reason\": \"water damage\"}")
                .send()
                .hasStatus(200);
        assertThat(fewer.json().getInt("stock")).isZero();
        service.call("POST", path + "/stock")
                .by(manager)
                .json("{\"delta\": -1, \"reason\": \"theft\"}")
                .send()
                .isProblem(409, "out-of-stock-bounds");
        var ledger = service.get(path + "/stock", manager).hasStatus(200);
        assertThat(ledger.strings("reason")).containsExactly("water damage", "First delivery");
        assertThat(ledger.array().getJsonObject(0).getInt("available")).isEqualTo(-10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"reason": "x"}                       | /delta
        {"delta": 1}                          | /reason
        {"delta": 0, "reason": "x"}           | /delta
        {"delta": 1000001, "reason": "x"}     | /delta
        {"delta": "1", "reason": "x"}         | /delta
        {"delta": 1.5, "reason": "x"}         | /delta
        {"delta": 1, "reason": " "}           | /reason
        {"delta": 1, "reason": "a\\u0000"}    | /reason
        {"delta": 1, "reason": 7}             | /reason
        """)
    void aBrokenAdjustmentIsRefusedWithThePlace(String body, String pointer) {
        String path = "/products/" + offer("Kettle", 1999);
        var answer = service.call("POST", path + "/stock")
                .by(manager)
                .json(body)
                .send()
                .isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly(pointer);
    }
}
