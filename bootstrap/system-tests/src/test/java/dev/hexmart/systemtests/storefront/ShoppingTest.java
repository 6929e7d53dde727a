package dev.hexmart.systemtests.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.FreePorts;
import dev.hexmart.systemtests.Needs;
import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.TelemetryReader;
import dev.hexmart.systemtests.signin.Chromium;
import dev.hexmart.systemtests.signin.DemoWithSignIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/**
 * What a person meets who buys something, in a browser.
 *
 * <p>With {@code -Dscreenshots=FOLDER} the pages are kept there as pictures.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Needs.CHROMIUM)
class ShoppingTest {

    @TempDir
    private static Path data;

    private DemoWithSignIn demo;
    private Shop shop;

    @BeforeAll
    void start() {
        demo = new DemoWithSignIn(data, Map.of("DESK_PORT", "0"));
        shop = new Shop(new Addresses(demo.shop(), demo.demo().identity(), Map.of(), Map.of()));
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    @BeforeEach
    void emptyTheCart() {
        assertThat(shop.as("alice").delete("/cart").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource(Device.class)
    void aVisitorSignsInBuysAndSeesTheOrderPaid(Device device) {
        String product = offer("Walnut Tray, Size " + device.ordinal(), 4200, 10);
        try (Customer visitor = new Customer(demo.shop(), device)) {
            ChromeDriver browser = visitor.browser();
            visitor.goTo("/?search=walnut+tray+" + device.ordinal());
            browser.findElement(By.partialLinkText("Walnut Tray")).click();
            visitor.awaitText("Sign in to buy");
            browser.findElement(By.linkText("Sign in to buy")).click();
            browser.findElement(By.id("user-alice")).click();
            visitor.awaitPath("/shop/products/" + product);

            visitor.button("Add to the cart").click();
            await().until(() -> browser.findElement(By.id("cart-count")).getText(), "1"::equals);
            visitor.goTo("/shop/cart");
            browser.findElement(By.linkText("Checkout")).click();
            visitor.awaitText("Payment method");
            browser.findElement(By.id("buy")).click();

            visitor.awaitPath("/shop/orders/");
            visitor.awaitText("Paid. Thank you!");
            assertThat(browser.findElements(By.cssSelector(".life li time"))).hasSize(3);
            String order = URI.create(browser.getCurrentUrl()).getPath().substring("/shop/orders/".length());
            visitor.goTo("/shop/orders");
            browser.findElement(By.cssSelector("a[href='/shop/orders/" + order + "']"))
                    .click();
            visitor.awaitText("Paid. Thank you!");
            String trace = shop.as("alice").get("/orders/" + order).json().getString("traceId");
            // Spans are sent in batches, and the page of a trace asks for them once.
            TelemetryReader viewer =
                    new TelemetryReader(shop, demo.demo().viewer().orElseThrow());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> viewer.trace(trace).stream()
                            .anyMatch(span -> span.name().equals("placeorder")));
            // The link opens a page of its own.
            browser.get(browser.findElement(By.partialLinkText("Trace of this order"))
                    .getDomProperty("href"));
            visitor.awaitText(trace);
            visitor.awaitText("placeorder");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void anotherCardIsTriedAfterADeclinedOne() {
        String product = offer("Brass Hook", 900, 5);
        try (Customer alice = customer("alice")) {
            alice.fill(product);
            alice.choose("card-declined");
            alice.button("Buy for").click();
            alice.awaitText("The payment was declined");
            assertThat(alice.text()).contains("Nothing was charged", "Payment declined: The card was declined");

            alice.browser()
                    .findElement(By.cssSelector("input[value='card-ok']"))
                    .click();
            alice.button("Pay €").click();
            alice.awaitText("Paid. Thank you!");
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void aProductSoldOutMeanwhileIsRefusedWithoutAnOrder() {
        String product = offer("Last Lantern", 5000, 1);
        try (Customer alice = customer("alice")) {
            alice.fill(product);
            alice.choose("card-ok");
            int before = orders();
            stock(product, -1);
            alice.button("Buy for").click();
            alice.awaitText("Last Lantern is sold out. Nothing has been bought");
            alice.awaitText("Nothing has been ordered. Change your cart");
            assertThat(alice.text()).contains("Nothing has been bought").doesNotContain("Buy for");
            assertThat(orders()).isEqualTo(before);
        }
    }

    @Test
    void changedPriceIsShownBesideTheOldOneAndConfirmed() {
        String product = offer("Linen Towel", 2000, 5);
        try (Customer alice = customer("alice")) {
            alice.fill(product);
            alice.choose("card-ok");
            int before = orders();
            Answer seen = shop.as("carol").get("/products/" + product);
            shop.as("carol")
                    .put(
                            "/products/" + product,
                            "{\"name\":\"Linen Towel\",\"price\":{\"amount\":2500,\"currency\":\"EUR\"}}",
                            "If-Match",
                            seen.headers().get("etag").getFirst());
            alice.button("Buy for").click();
            alice.awaitText("A price has changed while you were looking");
            assertThat(alice.browser().findElement(By.id("alarm")).getText())
                    .contains("20.00")
                    .contains("25.00")
                    .contains("Nothing has been ordered");
            assertThat(orders()).isEqualTo(before);

            alice.button("Buy for €25.00").click();
            alice.awaitText("Paid. Thank you!");
            assertThat(orders()).isEqualTo(before + 1);
        }
    }

    @Test
    void aDoubleClickABackButtonAndAReloadMakeOneOrder() {
        String product = offer("Cork Mat", 1500, 9);
        try (Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            alice.fill(product);
            alice.choose("card-ok");
            int before = orders();
            new Actions(browser).doubleClick(browser.findElement(By.id("buy"))).perform();
            alice.awaitText("Paid. Thank you!");
            browser.navigate().refresh();
            alice.awaitText("Paid. Thank you!");
            browser.navigate().back();
            alice.awaitText("Your cart is empty");
            browser.navigate().refresh();
            alice.awaitText("Your cart is empty");
            assertThat(orders()).isEqualTo(before + 1);
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void twoDevicesThatBuyOneCartMakeOneOrderAndBothComeToIt() {
        String product = offer("Cork Board", 1700, 9);
        try (Customer laptop = customer("alice");
                Customer phone = customer("alice")) {
            laptop.fill(product);
            laptop.choose("card-ok");
            phone.choose("card-slow");
            int before = orders();
            laptop.button("Buy for").click();
            laptop.awaitText("Paid. Thank you!");
            phone.button("Buy for").click();
            phone.awaitText("This cart had been ordered already");
            assertThat(phone.browser().getCurrentUrl())
                    .isEqualTo(laptop.browser().getCurrentUrl());
            assertThat(orders()).isEqualTo(before + 1);
        }
    }

    @Test
    void cartChangedElsewhereIsShownBeforeTheCheckout() {
        String seen = offer("Cork Coaster", 1000, 9);
        String other = offer("Cork Bath Mat", 2000, 9);
        try (Customer alice = customer("alice")) {
            alice.fill(seen);
            alice.fill(seen);
            alice.choose("card-ok");
            Shop.Visitor phone = shop.as("alice");
            phone.delete("/cart");
            phone.post("/cart/add", "{\"productId\":\"" + other + "\"}");
            int before = orders();
            alice.button("Buy for €20.00").click();
            alice.awaitText("Your cart has changed since this page showed it");
            assertThat(alice.text()).contains("Cork Bath Mat").doesNotContain("A price has changed");
            assertThat(orders()).isEqualTo(before);
            alice.button("Buy for €20.00").click();
            alice.awaitText("Paid. Thank you!");
            assertThat(orders()).isEqualTo(before + 1);
        }
    }

    @Test
    void aCartAboveTheStockSaysWhatIsLeftAndOffersIt() {
        String product = offer("Cork Stool", 1000, 2);
        try (Customer alice = customer("alice")) {
            shop.as("alice").delete("/cart");
            shop.as("alice").post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":3}");
            alice.goTo("/shop/checkout");
            alice.awaitText("Cork Stool: only 2 left, you want 3");
            assertThat(alice.text()).doesNotContain("Buy for");
            alice.goTo("/shop/cart");
            alice.awaitText("Only 2 left, you want 3");
            alice.button("Take 2").click();
            alice.awaitText("Checkout");
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void aPriceThatChangedItsCurrencyLeavesAWayOut() {
        String mug = offer("Cork Mug", 1000, 9);
        String fan = offer("Cork Fan", 2000, 9);
        try (Customer alice = customer("alice")) {
            alice.fill(mug);
            shop.as("alice").post("/cart/add", "{\"productId\":\"" + fan + "\"}");
            shop.as("carol")
                    .put(
                            "/products/" + fan,
                            "{\"name\":\"Cork Fan\",\"price\":{\"amount\":2000,\"currency\":\"USD\"}}",
                            "If-Match",
                            "*");
            alice.goTo("/shop/checkout");
            alice.awaitText("Your cart has prices in more than one currency");
            alice.goTo("/shop/cart");
            alice.awaitText("An order is in one currency");
            assertThat(alice.text()).contains("In EUR", "In USD");
            alice.button("Remove").click();
            alice.awaitText("Checkout");
        }
    }

    @Test
    void goingBackAndForthBeforeBuyingDoesNoHarm() {
        String product = offer("Cork Tile", 300, 9);
        try (Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            int before = orders();
            alice.fill(product);
            browser.navigate().refresh();
            alice.goTo("/shop/cart");
            browser.navigate().refresh();
            browser.findElement(By.linkText("Checkout")).click();
            alice.awaitText("Payment method");
            browser.navigate().refresh();
            browser.navigate().back();
            alice.awaitText("Checkout");
            browser.navigate().forward();
            alice.awaitText("Payment method");
            assertThat(orders()).isEqualTo(before);
            alice.button("Buy for €3.00").click();
            alice.awaitText("Paid. Thank you!");
            assertThat(orders()).isEqualTo(before + 1);
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void reloadDuringTheCheckoutLeadsToTheOrder() {
        String product = offer("Felt Coaster", 400, 9);
        try (Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            alice.fill(product);
            alice.choose("card-ok");
            int before = orders();
            // The click sets out and is still on its way when the page is loaded anew; then it arrives.
            browser.executeScript("""
                    const real = window.fetch;
                    window.fetch = (path, options) => {
                      if (path !== "/cart/checkout") return real(path, options);
                      sessionStorage.setItem("held", JSON.stringify(options));
                      return new Promise(() => {});
                    };
                    """);
            alice.button("Buy for").click();
            await().until(() -> browser.executeScript("return sessionStorage.getItem('held') !== null")
                    .equals(true));
            alice.choose("card-ok");
            assertThat(browser.executeAsyncScript("""
                            const done = arguments[0];
                            fetch("/cart/checkout", JSON.parse(sessionStorage.getItem("held"))).then((answer) => done(answer.status));
                            """)).isEqualTo(202L);
            alice.button("Buy for").click();
            alice.awaitText("This cart had been ordered already");
            alice.awaitText("Paid. Thank you!");
            assertThat(orders()).isEqualTo(before + 1);
        }
    }

    @Test
    void orderPageIsUpdatedLiveUntilTheOrderIsSettled() {
        String product = offer("Slow Clock", 2100, 9);
        try (Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            alice.fill(product);
            alice.choose("card-slow");
            alice.button("Buy for").click();
            alice.awaitText("Your payment is on its way");
            browser.executeScript("window.before = true");
            alice.awaitText("Paid. Thank you!");
            assertThat(browser.executeScript("return window.before"))
                    .as("the page is still the same")
                    .isEqualTo(true);
            await().until(() -> browser.executeAsyncScript("""
                            const done = arguments[0];
                            navigator.locks.query().then(({ held, pending }) => done(held.length + pending.length));
                            """).equals(0L));
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void twoTabsAgreeOnOneCart() {
        String product = offer("Oak Spoon", 700, 50);
        try (Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            alice.fill(product);
            alice.goTo("/shop/cart");
            String first = browser.getWindowHandle();
            browser.switchTo().newWindow(WindowType.TAB);
            alice.fill(product);
            browser.switchTo().window(first);
            alice.awaitText("€14.00");
            assertThat(browser.findElement(By.id("pieces-" + product)).getDomProperty("value"))
                    .isEqualTo("2");

            alice.button("Remove").click();
            alice.awaitText("Your cart is empty");
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void stockChangesWithoutReloading() {
        String product = offer("Glass Jug", 1800, 3);
        try (Customer visitor = new Customer(demo.shop(), Device.DESKTOP)) {
            visitor.goTo("/shop/products/" + product);
            visitor.awaitText("Only 3 left");
            order("alice", product, 3);
            visitor.awaitText("Sold out");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    /** How soon it is there depends on the machine; what has to be there before depends on the page. */
    @Test
    void firstViewIsLightAndWaitsForNoScript() {
        try (Customer visitor = new Customer(demo.shop(), Device.DESKTOP)) {
            ChromeDriver browser = visitor.browser();
            browser.executeCdpCommand("Network.enable", Map.of());
            browser.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
            visitor.goTo("/");
            long bytes = number(browser.executeScript("""
                    return [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
                      .filter((entry) => !new URL(entry.name).pathname.startsWith("/images/"))
                      .map((entry) => entry.transferSize).reduce((sum, size) => sum + size);
                    """));
            assertThat(bytes).isBetween(1_000L, 100_000L);
            assertThat(browser.executeScript("""
                    return performance.getEntriesByType("resource")
                      .filter((entry) => entry.renderBlockingStatus === "blocking")
                      .map((entry) => new URL(entry.name).pathname.replace(/.*[.]/, ""));
                    """))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isNotEmpty()
                    .containsOnly("css");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static long number(Object found) {
        return ((Number) Optional.ofNullable(found).orElseThrow()).longValue();
    }

    @Test
    void withoutTheOrdersServiceTheShopStillBrowsesAndSaysWhatIsWrong() {
        Map<String, String> environment =
                new HashMap<>(demo.demo().environment("gateway").variables());
        environment.put("GATEWAY_PORT", "0");
        environment.put("GATEWAY_MANAGEMENT_PORT", "0");
        environment.put("ORDERS_URL", "http://127.0.0.1:" + FreePorts.find(1).getFirst());
        try (ServiceHost half = GatewayService.start(GatewaySettings.from(new Environment(environment)));
                Customer alice = customer("alice")) {
            ChromeDriver browser = alice.browser();
            String there = "http://localhost:" + half.address().getPort();
            browser.get(there + "/?search=kettle");
            alice.awaitText("Kettle");
            assertThat(alice.text()).contains("Alice Archer");
            browser.get(there + "/shop/orders");
            alice.awaitText("This part of the shop is not available at the moment");
            assertThat(alice.text()).contains("Your cart and your orders are safe");
        }
    }

    @Test
    void everyPageIsAccessibleAtEverySizeInEveryScheme() throws IOException {
        try (Customer bob = customer("bob")) {
            bob.fill(find("coffee+grinder"));
            String bought = buy(bob, find("gooseneck"), "card-ok", "Paid. Thank you!");
            String declined = buy(bob, find("turntable"), "card-declined", "The payment was declined");
            String open = buy(bob, find("headphones"), "", "Your order is reserved");
            bob.fill(find("storm+lantern"));
            bob.fill(find("day+pack"));
            bob.fill(find("storm+lantern"));
            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("catalog", "/");
            pages.put("search", "/?search=coffee&sort=price");
            pages.put("nothing", "/?search=submarine");
            pages.put("product", "/shop/products/" + find("gooseneck"));
            pages.put("cart", "/shop/cart");
            pages.put("checkout", "/shop/checkout");
            pages.put("orders", "/shop/orders");
            pages.put("order-paid", "/shop/orders/" + bought);
            pages.put("order-declined", "/shop/orders/" + declined);
            pages.put("order-to-pay", "/shop/orders/" + open);
            pages.put("inside", "/inside");
            pages.put("inside-orders", "/inside#orders");
            pages.put("signed-out", "/signed-out");
            for (Device device : Device.values()) {
                lookAt(pages, bob, device, "light", "dark");
            }
            assertThat(bob.complaints()).isEmpty();
        }
    }

    @Test
    void emptyAndErrorPagesAreAccessible() throws IOException {
        Map<String, String> pages = Map.of(
                "cart-empty", "/shop/cart",
                "checkout-empty", "/shop/checkout",
                "orders-empty", "/shop/orders",
                "no-such-product", "/shop/products/nonsense",
                "no-such-page", "/nowhere");
        try (Customer carol = customer("carol")) {
            lookAt(pages, carol, Device.DESKTOP, "light");
            lookAt(pages, carol, Device.PHONE, "dark");
        }
    }

    @Test
    void aSignInThatFailedIsExplainedWithItsCode() throws IOException {
        for (Device device : Device.values()) {
            try (Customer visitor = new Customer(demo.shop(), device)) {
                String scheme = device == Device.PHONE ? "dark" : "light";
                lookAt(Map.of("sign-in-without-cookie", "/callback?code=any&state=unknown"), visitor, device, scheme);
                assertThat(visitor.text()).contains("Your browser sent no cookie back", "Safari");

                visitor.goTo("/login?returnTo=%2Fshop%2Fcart");
                String state = visitor.browser().getCurrentUrl().replaceFirst(".*[?&]state=([^&]+).*", "$1");
                String denial = "/callback?error=access_denied&error_description=AADSTS50105%3A+text&state=" + state;
                lookAt(Map.of("sign-in-refused", denial), visitor, device, scheme);
                assertThat(visitor.text())
                        .contains("You are not assigned to this shop", "access_denied, AADSTS50105")
                        .doesNotContain("text");
                assertThat(visitor.browser().findElement(By.linkText("Sign in")).getDomAttribute("href"))
                        .isEqualTo("/login?returnTo=%2Fshop%2Fcart");
            }
        }
    }

    @Test
    void rateLimitPageHasTheRetryTimeAndTheShopsStyle() throws IOException {
        Map<String, String> environment =
                new HashMap<>(demo.demo().environment("gateway").variables());
        environment.put("GATEWAY_PORT", "0");
        environment.put("GATEWAY_MANAGEMENT_PORT", "0");
        // Less than leads the demo's own gateway, which counts under the same name, to refuse visitors.
        environment.put("RATE_LIMIT_ADDRESS", "1/PT45S");
        try (ServiceHost narrow = GatewayService.start(GatewaySettings.from(new Environment(environment)));
                Customer visitor = new Customer(
                        URI.create("http://localhost:" + narrow.address().getPort()), Device.DESKTOP)) {
            visitor.goTo("/nowhere");
            lookAt(Map.of("too-fast", "/?search=kettle"), visitor, Device.DESKTOP, "light");
            lookAt(Map.of("too-fast", "/?search=kettle"), visitor, Device.PHONE, "dark");
            assertThat(visitor.text()).containsPattern("Too many requests\\s+.*Try again in \\d+ seconds");
            assertThat(visitor.browser().findElement(By.linkText("Try again")).getDomAttribute("href"))
                    .isEqualTo("/?search=kettle");
            assertThat(visitor.browser().findElement(By.linkText("Try again")).getCssValue("border-radius"))
                    .as("the sheet is there, however often one asks")
                    .isNotEqualTo("0px");
        }
    }

    private static void lookAt(Map<String, String> pages, Customer customer, Device device, String... schemes)
            throws IOException {
        ChromeDriver browser = customer.browser();
        device.take(browser);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Device.prefer(browser, schemes[0]);
            customer.goTo(page.getValue());
            checkInSchemes(
                    browser, page.getKey() + "-" + device.name().toLowerCase(Locale.ROOT), List.of(schemes), _ -> true);
        }
    }

    /**
     * Checks a page in each scheme without loading it anew: from one to the other, its style sheet changes colors alone.
     *
     * @param kept the pictures that are kept, by name
     */
    static void checkInSchemes(ChromeDriver browser, String page, List<String> schemes, Predicate<String> kept) {
        for (String scheme : schemes) {
            String name = page + "-" + scheme;
            Device.prefer(browser, scheme);
            if (kept.test(name)) {
                Chromium.keep(browser, name);
            }
            if (scheme.equals(schemes.getFirst())) {
                check(browser, name);
            } else {
                assertThat(Axe.violationsByColor(browser)).as(name).isEmpty();
            }
        }
    }

    /** Nothing is cut off, and the page is accessible. */
    static void check(ChromeDriver browser, String name) {
        assertThat(browser.executeScript(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                .as("too wide: " + name)
                .isEqualTo(false);
        assertThat(Axe.violations(browser)).as(name).isEmpty();
    }

    private String buy(Customer customer, String product, String method, String outcome) {
        customer.fill(product);
        customer.choose(method);
        customer.button("Buy for").click();
        customer.awaitText(outcome);
        return URI.create(customer.browser().getCurrentUrl()).getPath().substring("/shop/orders/".length());
    }

    private Customer customer(String user) {
        return new Customer(demo.shop(), Device.DESKTOP).signedInAs(user);
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

    private String find(String word) {
        return shop.as("carol")
                .get("/products?limit=1&search=" + word)
                .body()
                .replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
    }

    private void order(String customer, String product, int quantity) {
        Answer ordered = shop.as(customer)
                .order(
                        "/cartCheckout",
                        "{\"lines\":[{\"productId\":\"%s\",\"quantity\":%d}]}".formatted(product, quantity));
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(201);
    }

    private void stock(String product, int delta) {
        Answer changed = shop.as("carol")
                .post("/products/" + product + "/stock", "{\"delta\":%d,\"reason\":\"counted\"}".formatted(delta));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private int orders() {
        return shop.as("alice").get("/orders?limit=100").body().split("\"placedAt\"", -1).length - 1;
    }
}
