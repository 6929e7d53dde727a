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
import dev.hexmart.systemtests.signin.Chromium;
import dev.hexmart.systemtests.signin.DemoWithSignIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Pages that change by themselves, in a browser: many at once, through outages, and after the end of the session.
 *
 * <p>With {@code -Dscreenshots=FOLDER} the pages are kept there as pictures.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Needs.CHROMIUM)
@Timeout(180)
class LivePagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGES = 10;

    @TempDir
    private static Path data;

    private DemoWithSignIn demo;
    private Shop shop;
    private String product;

    @BeforeAll
    void start() {
        demo = new DemoWithSignIn(data, Map.of("DESK_PORT", "0"));
        shop = new Shop(new Addresses(demo.shop(), demo.demo().identity(), Map.of(), Map.of()));
        Answer added = shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"Night Light\",\"price\":{\"amount\":900,\"currency\":\"EUR\"},\"stock\":500}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        product = added.json().getString("id");
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    /** The tests share one customer, of whom only so many unpaid orders are accepted. */
    @BeforeEach
    void cancelUnpaidOrders() {
        shop.as("alice").get("/orders?status=RESERVED&limit=100").value().asJsonArray().stream()
                .map(order -> order.asJsonObject().getString("orderId"))
                .forEach(order -> assertThat(shop.as("alice")
                                .post("/orders/" + order + "/cancel", "")
                                .status())
                        .isEqualTo(202));
    }

    private String order() {
        Answer placed = shop.as("alice")
                .order("/cartCheckout", "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(product));
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        String id = placed.json().getString("orderId");
        await().atMost(PATIENCE)
                .until(() -> shop.as("alice").get("/orders/" + id).json().getString("status"), "RESERVED"::equals);
        return id;
    }

    private void pay(String order) {
        Answer paid = shop.as("alice").order("/pay", "{\"orderId\":\"%s\",\"method\":\"card-ok\"}".formatted(order));
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
    }

    private Customer alice() {
        return new Customer(demo.shop(), Device.DESKTOP).signedInAs("alice");
    }

    private double openStreams() throws Exception {
        URI numbers = demo.demo().service("gateway").managementAddress().resolve("/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(numbers).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("hexmart_http_streams_open "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void tenOrderPagesShareOneStreamAndEachIsLive() {
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            String first = browser.getWindowHandle();
            List<String> orders = new ArrayList<>();
            List<String> windows = new ArrayList<>();
            for (int page = 0; page < PAGES; page++) {
                orders.add(order());
                browser.switchTo().newWindow(WindowType.WINDOW);
                alice.goTo("/shop/orders/" + orders.getLast());
                windows.add(browser.getWindowHandle());
                // After each page: with a stream a page, the seventh would not load.
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(openStreams())
                                .as("streams of %d pages", orders.size())
                                .isEqualTo(1));
            }

            browser.switchTo().window(first);
            alice.goTo("/shop/products/" + product);
            alice.button("Add to the cart").click();
            alice.awaitText("is in your cart");

            for (int page : List.of(0, 4, PAGES - 1)) {
                browser.switchTo().window(windows.get(page));
                browser.executeScript("window.before = true");
                pay(orders.get(page));
                alice.awaitText("Paid. Thank you!");
                assertThat(browser.executeScript("return window.before"))
                        .as("the page is still the same")
                        .isEqualTo(true);
            }
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void pageStaysLiveAfterItsLeaderCloses() {
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            String order = order();
            String first = browser.getWindowHandle();
            alice.goTo("/shop/orders/" + order());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(openStreams()).isEqualTo(1));
            browser.switchTo().newWindow(WindowType.WINDOW);
            alice.goTo("/shop/orders/" + order);
            String second = browser.getWindowHandle();
            browser.switchTo().window(first).close();
            browser.switchTo().window(second);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(openStreams()).isEqualTo(1));
            pay(order);
            alice.awaitText("Paid. Thank you!");
        }
    }

    @Test
    void aStreamThatIsRefusedIsAskedForAgainInTheBackground() {
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.asked = [];
                const real = window.fetch;
                window.fetch = (address, options) => {
                  if (!String(address).endsWith("/events")) return real(address, options);
                  window.asked.push(options.headers);
                  return window.asked.length < 3
                    ? Promise.resolve(new Response("{}", { status: 503 }))
                    : real(address, options);
                };
                """));
            String order = order();
            alice.goTo("/shop/orders/" + order);
            await().atMost(PATIENCE)
                    .until(() ->
                            browser.executeScript("return asked.length >= 3").equals(true));
            pay(order);
            alice.awaitText("Paid. Thank you!");
            assertThat(browser.executeScript(
                            "return asked.every((headers) => headers['X-Background-Request'] === 'true')"))
                    .isEqualTo(true);
        }
    }

    @Test
    void aPageThatIsCutOffSaysSoAndCatchesUp() throws IOException {
        int port = FreePorts.find(1).getFirst();
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            String order = order();
            String page = "http://localhost:" + port + "/shop/orders/" + order;
            try (ServiceHost _ = gateway(port)) {
                browser.get(page);
                alice.awaitText("Your order is reserved");
                assertThat(browser.findElements(By.id("state"))).isEmpty();
            }
            alice.awaitText("Reconnecting…");
            assertThat(alice.text()).contains("The shop does not answer. This page shows how things were at");
            for (Device device : Device.values()) {
                device.take(browser);
                for (String scheme : List.of("light", "dark")) {
                    Device.prefer(browser, scheme);
                    String name = "order-reconnecting-" + device + "-" + scheme;
                    Chromium.keep(browser, name);
                    ShoppingTest.check(browser, name);
                }
            }
            pay(order);
            try (ServiceHost _ = gateway(port)) {
                await().atMost(PATIENCE.multipliedBy(2))
                        .until(() -> alice.text().contains("Paid. Thank you!"));
                assertThat(browser.findElements(By.id("state"))).isEmpty();
            }
        }
    }

    private ServiceHost gateway(int port) {
        Map<String, String> environment =
                new HashMap<>(demo.demo().environment("gateway").variables());
        environment.put("GATEWAY_PORT", Integer.toString(port));
        environment.put("GATEWAY_MANAGEMENT_PORT", "0");
        environment.put("PUBLIC_URL", "http://localhost:" + port);
        return GatewayService.start(GatewaySettings.from(new Environment(environment)));
    }

    @Test
    void aPageThatIsNotFollowedSaysWhenItIsCutOff() {
        int port = FreePorts.find(1).getFirst();
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            try (ServiceHost _ = gateway(port)) {
                browser.get("http://localhost:" + port + "/shop/products/" + product);
                alice.awaitText("Night Light");
            }
            alice.awaitText("Reconnecting…");
            try (ServiceHost _ = gateway(port)) {
                await().atMost(PATIENCE.multipliedBy(2))
                        .until(() -> !alice.text().contains("Reconnecting…"));
            }
        }
    }

    @Test
    void anOpenPageSaysThatItsSessionHasEnded() throws IOException {
        try (Customer alice = alice()) {
            ChromeDriver browser = alice.browser();
            alice.goTo("/shop/orders/" + order());
            browser.executeAsyncScript("""
                const done = arguments[0];
                fetch("/logout", { method: "POST", headers: { "X-Requested-By": "storefront", Accept: "application/json" } })
                  .then((answer) => done(answer.status));
                """);
            alice.awaitText("You are no longer signed in");
            Chromium.keep(browser, "order-session-ended");
            ShoppingTest.check(browser, "order-session-ended");
            assertThat(browser.getCurrentUrl())
                    .as("no sign-in without a request")
                    .contains("/shop/orders/");
            browser.findElement(By.linkText("Sign in again")).click();
            alice.awaitPath("/");
        }
    }
}
