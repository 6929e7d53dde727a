package dev.hexmart.systemtests.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.DeadMessages;
import dev.hexmart.systemtests.FreePorts;
import dev.hexmart.systemtests.Needs;
import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.signin.Chromium;
import dev.hexmart.systemtests.signin.DemoWithSignIn;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.slf4j.LoggerFactory;

/**
 * What those who work for the shop do in its back office, in a browser.
 *
 * <p>With {@code -Dscreenshots=FOLDER} some of the pages are kept there as pictures.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Needs.CHROMIUM)
class OfficeTest {

    private static final Set<String> KEPT = Set.of(
            "office-orders-desktop-light",
            "office-order-phone-dark",
            "office-product-desktop-light",
            "office-messages-desktop-dark");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path data;

    private DemoWithSignIn demo;
    private Shop shop;

    @BeforeAll
    void start() {
        demo = new DemoWithSignIn(data);
        shop = new Shop(new Addresses(demo.shop(), demo.demo().identity(), Map.of(), Map.of()));
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    @Test
    void backOfficeAdmitsOnlyEmployees() {
        for (String path : List.of("/office/orders", "/office/products", "/office/products/new", "/office/messages")) {
            Answer stranger = shop.stranger().get(path);
            assertThat(stranger.status()).as(path).isEqualTo(303);
            assertThat(stranger.header("Location").orElseThrow()).startsWith("/login?returnTo=%2Foffice%2F");
            Answer alice = shop.as("alice").get(path);
            assertThat(alice.status()).as(path).isEqualTo(403);
            assertThat(alice.body()).contains("This needs the role").doesNotContain("href=\"/office");
        }
        try (Customer alice = customer("alice")) {
            assertThat(alice.text()).doesNotContain("Back office");
            alice.goTo("/office");
            alice.awaitText("Not allowed");
            assertThat(alice.text()).contains("Orders.Manage").contains("Alice Archer");
        }
    }

    @Test
    void aServiceThatIsAwayIsNamedAndHidesNothingOfTheOthers() {
        Map<String, String> environment =
                new HashMap<>(demo.demo().environment("gateway").variables());
        environment.put("GATEWAY_PORT", "0");
        environment.put("GATEWAY_MANAGEMENT_PORT", "0");
        environment.put("PAYMENTS_URL", "http://127.0.0.1:" + FreePorts.find(1).getFirst());
        try (ServiceHost half = GatewayService.start(GatewaySettings.from(new Environment(environment)));
                Shop there = new Shop(new Addresses(half.address(), demo.demo().identity(), Map.of(), Map.of()))) {
            Answer messages = there.as("carol").get("/office/messages");
            assertThat(messages.status()).isEqualTo(200);
            assertThat(messages.body()).contains("<h2>Payments</h2>").doesNotContain("<h2>Orders</h2>");
        }
    }

    @Test
    void aProductIsPutOnTheShelvesChangedAndTakenOffAgain() {
        try (Customer carol = customer("carol")) {
            ChromeDriver browser = carol.browser();
            browser.findElement(By.linkText("Back office")).click();
            carol.awaitPath("/office/orders");
            browser.findElement(By.linkText("Products")).click();
            carol.awaitPath("/office/products");
            browser.findElement(By.linkText("Add a product")).click();
            carol.awaitText("New product");
            fill(browser, "name", "Copper Funnel");
            fill(browser, "description", "Pours without spilling.");
            fill(browser, "price", "12.5");
            fill(browser, "category", "kitchen");
            fill(browser, "stock", "7");
            choose(browser, "image", "Milk jug");
            assertThat(browser.findElement(By.id("picture")).getDomProperty("src"))
                    .endsWith("/images/products/milk-jug.svg");
            carol.button("Add product").click();
            carol.awaitText("7 pieces available");
            String id = URI.create(browser.getCurrentUrl()).getPath().substring("/office/products/".length());
            assertThat(inTheShop(id)).contains("Copper Funnel", "€12.50", "milk-jug.svg", "In stock");

            fill(browser, "price", "14.95");
            carol.button("Save").click();
            carol.awaitText("Saved.");
            assertThat(inTheShop(id)).contains("€14.95").doesNotContain("€12.50");

            choose(browser, "sign", "Decrease");
            fill(browser, "pieces", "4");
            fill(browser, "reason", "Dented in the storeroom");
            carol.button("Adjust stock").click();
            carol.awaitText("3 available");
            carol.awaitText("Dented in the storeroom");
            assertThat(browser.findElement(By.cssSelector(".ledger .change")).getText())
                    .contains("\u22124");
            assertThat(inTheShop(id)).contains("Only 3 left");
            choose(browser, "sign", "Decrease");
            fill(browser, "pieces", "9");
            fill(browser, "reason", "Miscounted");
            carol.button("Adjust stock").click();
            carol.awaitText("that many cannot be taken away");

            carol.button("Remove product").click();
            carol.button("Keep product").click();
            carol.button("Remove product").click();
            browser.findElement(By.cssSelector("dialog button[type=submit]")).click();
            await().atMost(PATIENCE)
                    .until(() -> URI.create(browser.getCurrentUrl()).getPath(), "/office/products"::equals);
            assertThat(shop.as("alice").get("/products/" + id).status()).isEqualTo(404);
        }
    }

    @Test
    void staleFormDoesNotOverwriteAnotherUsersChange() {
        String id = offer("Slate Board", 1800, 5);
        try (Customer carol = customer("carol")) {
            carol.goTo("/office/products/" + id);
            Answer seen = shop.as("carol").get("/products/" + id);
            shop.as("carol")
                    .put(
                            "/products/" + id,
                            "{\"name\":\"Slate Plate\",\"price\":{\"amount\":1800,\"currency\":\"EUR\"}}",
                            "If-Match",
                            seen.header("ETag").orElseThrow());
            fill(carol.browser(), "price", "1");
            fill(carol.browser(), "category", "kitchen");
            carol.button("Save").click();
            carol.awaitText("This product was changed by another user");
            assertThat(inTheShop(id)).contains("Slate Plate", "€18.00");
        }
    }

    @Test
    void changesByARoleAreInTheAuditLog() {
        Logger audit = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.hexmart.audit");
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        kept.start();
        audit.addAppender(kept);
        try {
            String product = offer("Felt Slipper", 2900, 3);
            shop.as("carol").post("/products/" + product + "/stock", "{\"delta\":-9,\"reason\":\"too many\"}");
            String order = order(product, "card-slow");
            shop.as("alice").post("/orders/" + order + "/cancel", "");
            shop.as("carol").get("/orders/" + order);
            shop.as("carol").post("/products/" + product + "/stock", "{\"delta\":2,\"reason\":\"delivery\"}");
            String carol = shop.as("carol").get("/cart").json().getString("userId");
            assertThat(kept.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "Person " + carol + " did POST /products",
                            "Person " + carol + " did POST /products/" + product + "/stock");
        } finally {
            audit.detachAppender(kept);
        }
    }

    @Test
    void aPartOfTheMoneyIsGivenBackAndTheOrderStaysPaid() {
        String product = offer("Willow Tray", 3500, 6);
        String order = order(product, "card-ok");
        awaitStatus(order, "PAID");
        try (Customer carol = customer("carol")) {
            carol.goTo("/office/orders/" + order);
            carol.button("Refund payment").click();
            carol.browser()
                    .findElement(By.cssSelector("input[value='returned']"))
                    .click();
            assertThat(carol.browser().findElement(By.name("part")).isEnabled())
                    .as("an amount beside all of it")
                    .isFalse();
            carol.browser().findElement(By.cssSelector("input[value='part']")).click();
            carol.browser().findElement(By.name("part")).sendKeys("12.50");
            carol.button("Refund now").click();
            carol.awaitText("Given back: 12.50 EUR; 12.50 EUR in all, of 35.00 EUR");
            assertThat(carol.text()).contains("€12.50", "Refund payment");
            var json = shop.as("carol").get("/orders/" + order).json();
            assertThat(json.getString("status")).isEqualTo("PAID");
            assertThat(json.getJsonObject("refunded").getInt("amount")).isEqualTo(1250);
            assertThat(shop.as("carol").get("/products/" + product + "/stock").body())
                    .doesNotContain("RETURNED");
            assertThat(carol.complaints()).isEmpty();
        }
    }

    @Test
    void allOfTheMoneyAsAPartPutsNothingOnSale() {
        String product = offer("Willow Cradle", 3500, 6);
        String order = order(product, "card-ok");
        awaitStatus(order, "PAID");
        try (Customer carol = customer("carol")) {
            carol.goTo("/office/orders/" + order);
            carol.button("Refund payment").click();
            carol.browser().findElement(By.cssSelector("input[value='part']")).click();
            carol.browser().findElement(By.name("part")).sendKeys("35.00");
            carol.button("Refund now").click();
            awaitStatus(order, "REFUNDED");
            assertThat(shop.as("carol").get("/products/" + product).json().getInt("stock"))
                    .isEqualTo(5);
            assertThat(carol.complaints()).isEmpty();
        }
    }

    @Test
    void anOrderIsFoundByTheNumberThatItsCustomerReadsOut() {
        String product = offer("Willow Hamper", 3500, 6);
        String order = order(product, "card-ok");
        String other = order(product, "card-ok");
        Shop.Visitor carol = shop.as("carol");
        String number = carol.get("/orders/" + order).json().getString("number");
        String read = number.toLowerCase(Locale.ROOT).replace("-", "%20");
        assertThat(carol.get("/office/orders?number=" + read).body())
                .contains("/office/orders/" + order)
                .doesNotContain("/office/orders/" + other);
        assertThat(carol.get("/office/orders?number=kettle").body()).doesNotContain("/office/orders/" + order);
    }

    @Test
    void twoClicksGiveTheMoneyBackOnce() {
        String product = offer("Willow Basket", 3500, 6);
        String order = order(product, "card-ok");
        awaitStatus(order, "PAID");
        try (Customer carol = customer("carol")) {
            ChromeDriver browser = carol.browser();
            carol.goTo("/office/orders?status=PAID");
            browser.findElement(By.id("see-" + order)).click();
            carol.awaitText("Refund payment");
            carol.button("Refund payment").click();
            carol.awaitText("Up to €35.00 can be refunded");
            assertThat(browser.switchTo().activeElement().getText())
                    .as("what Enter does")
                    .isEqualTo("Cancel");
            WebElement sure = carol.button("Refund now");
            browser.findElement(By.cssSelector("input[value='returned']")).click();
            new Actions(browser).doubleClick(sure).perform();
            carol.awaitText("Refunded");
            carol.awaitText("Refunded");
            assertThat(browser.executeScript("""
                            return performance.getEntriesByType("resource").filter((each) => each.name.endsWith("/refund")).length
                            """)).isEqualTo(1L);
            assertThat(carol.text()).doesNotContain("Refund payment");
            awaitStatus(order, "REFUNDED");
            String ledger =
                    shop.as("carol").get("/products/" + product + "/stock").body();
            assertThat(ledger.split("RETURNED", -1)).hasSize(2);
            carol.goTo("/office/orders?status=REFUNDED");
            assertThat(browser.findElements(By.id("see-" + order))).hasSize(1);
            carol.goTo("/office/orders?status=PAID");
            assertThat(browser.findElements(By.id("see-" + order))).isEmpty();
            assertThat(carol.complaints()).isEmpty();
        }
    }

    @Test
    void aParkedMessageIsSentAgainAndGoesThrough() {
        String product = offer("Wax Jacket", 9900, 2);
        sql("""
            CREATE FUNCTION catalog.park() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF NEW.type = 'dev.hexmart.stock.reserve.v1' AND NEW.body LIKE '%%%s%%' THEN
                    INSERT INTO catalog.parked_message
                    VALUES (NEW.id, NEW.type, NEW.body, NEW.headers, 'The shelf was being moved', now());
                    NEW.sent_at := now();
                END IF;
                RETURN NEW;
            END $$
            """.formatted(product));
        sql("CREATE TRIGGER park BEFORE INSERT ON ordering.outbox FOR EACH ROW EXECUTE FUNCTION catalog.park()");
        try (Customer carol = customer("carol")) {
            String order = order(product, "card-ok");
            sql("DROP TRIGGER park ON ordering.outbox");
            carol.goTo("/office/messages");
            carol.awaitText("The shelf was being moved");
            assertThat(shop.as("alice").get("/orders/" + order).body()).contains("\"status\":\"PENDING\"");
            carol.browser().findElement(By.tagName("summary")).click();
            carol.awaitText(product);
            carol.button("Resend").click();
            carol.awaitText("It was handled this time.");
            carol.awaitText("There are no parked messages");
            awaitStatus(order, "PAID");
            assertThat(carol.complaints()).isEmpty();
        }
    }

    @Test
    void aMessageThatFailsAgainStaysWhereItIsAndSaysWhy() {
        UUID id = parkNonsense();
        try (Customer carol = customer("carol")) {
            carol.goTo("/office/messages");
            carol.browser()
                    .findElement(By.cssSelector("#message-" + id + " button"))
                    .click();
            carol.awaitText("It failed again");
            assertThat(carol.browser().findElements(By.id("message-" + id))).hasSize(1);
        } finally {
            sql("DELETE FROM payment.parked_message WHERE id = '%s'".formatted(id));
        }
    }

    @Test
    void deadLetterIsSentToItsQueueFromTheOffice() {
        String product = offer("Brass Compass", 4900, 2);
        // The order's command is taken out of the outbox, and put where the broker puts what it gives up on.
        sql("""
            CREATE FUNCTION ordering.drop_reserve() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF NEW.type = 'dev.hexmart.stock.reserve.v1' AND NEW.body LIKE '%%%s%%' THEN
                    NEW.sent_at := now();
                END IF;
                RETURN NEW;
            END $$
            """.formatted(product));
        sql("CREATE TRIGGER drop_reserve BEFORE INSERT ON ordering.outbox"
                + " FOR EACH ROW EXECUTE FUNCTION ordering.drop_reserve()");
        try (Customer carol = customer("carol")) {
            String order = order(product, "card-ok");
            sql("DROP TRIGGER drop_reserve ON ordering.outbox");
            UUID id = UUID.randomUUID();
            DeadMessages.add(demo.demo().parts().broker().amqpUrl(), id, "dev.hexmart.stock.reserve.v1", """
                    {"specversion":"1.0","id":"%s","source":"urn:hexmart:ordering","type":"dev.hexmart.stock.reserve.v1",
                     "data":{"orderId":"%s","lines":[{"productId":"%s","quantity":1}]}}""".formatted(
                            id, order, product));
            carol.goTo("/office/messages");
            carol.awaitText("Dead letters");
            carol.awaitText("delivery_limit");
            Chromium.keep(carol.browser(), "office-dead-letters");
            carol.browser()
                    .findElement(By.cssSelector("#message-" + id + " button"))
                    .click();
            carol.awaitText("It was resent to its queue.");
            awaitStatus(order, "PAID");
            carol.awaitText("There are no parked messages");
            assertThat(carol.complaints()).isEmpty();
        }
    }

    @Test
    void everyPageIsAccessibleAtEverySizeInEveryScheme() {
        String kettle = shop.as("carol")
                .get("/products?limit=1&search=gooseneck")
                .body()
                .replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
        order(kettle, "card-declined");
        String paid = order(kettle, "card-ok");
        awaitStatus(paid, "PAID");
        UUID nonsense = parkNonsense();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("office-orders", "/office/orders");
        pages.put("office-order", "/office/orders/" + paid);
        pages.put("office-products", "/office/products");
        pages.put("office-product", "/office/products/" + kettle);
        pages.put("office-product-new", "/office/products/new");
        pages.put("office-messages", "/office/messages");
        try (Customer carol = customer("carol")) {
            ChromeDriver browser = carol.browser();
            for (Device device : Device.values()) {
                device.take(browser);
                for (Map.Entry<String, String> page : pages.entrySet()) {
                    carol.goTo(page.getValue());
                    browser.findElements(By.tagName("summary")).forEach(WebElement::click);
                    ShoppingTest.checkInSchemes(
                            browser,
                            page.getKey() + "-" + device.name().toLowerCase(Locale.ROOT),
                            List.of("light", "dark"),
                            KEPT::contains);
                }
            }
            carol.goTo(pages.get("office-order"));
            carol.button("Refund payment").click();
            ShoppingTest.check(browser, "the question before a refund");
            assertThat(carol.complaints()).isEmpty();
        } finally {
            sql("DELETE FROM payment.parked_message WHERE id = '%s'".formatted(nonsense));
        }
    }

    private Customer customer(String user) {
        return new Customer(demo.shop(), Device.DESKTOP).signedInAs(user);
    }

    private static void fill(ChromeDriver browser, String field, String text) {
        WebElement input = browser.findElement(By.name(field));
        input.clear();
        input.sendKeys(text);
    }

    private static void choose(ChromeDriver browser, String field, String option) {
        browser.findElement(By.xpath("//select[@name='%s']/option[.='%s']".formatted(field, option)))
                .click();
    }

    private String inTheShop(String product) {
        return shop.stranger().get("/shop/products/" + product).body();
    }

    private String offer(String name, int price, int stock) {
        Answer added = shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"%s\",\"price\":{\"amount\":%d,\"currency\":\"EUR\"},\"stock\":%d}"
                                .formatted(name, price, stock));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.json().getString("id");
    }

    private String order(String product, String method) {
        Answer ordered = shop.as("alice")
                .order(
                        "/cartCheckout",
                        "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"%s\"}}"
                                .formatted(product, method));
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(201);
        return ordered.json().getString("orderId");
    }

    private void awaitStatus(String order, String status) {
        await().atMost(PATIENCE)
                .until(() -> shop.as("alice").get("/orders/" + order).json().getString("status"), status::equals);
    }

    /** A message that cannot be decoded. */
    private UUID parkNonsense() {
        UUID id = UUID.randomUUID();
        sql("""
            INSERT INTO payment.parked_message
            VALUES ('%s', 'dev.hexmart.payment.request.v1', '{"id": "a message that is cut off in the mid', '{}',
                    'The message is not JSON: it ends in the middle', now())
            """.formatted(id));
        return id;
    }

    private void sql(String statement) {
        var postgres = demo.demo().parts().postgres();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), postgres.password());
                Statement execute = connection.createStatement()) {
            execute.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
