package dev.hexmart.systemtests.storefront;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Needs;
import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.signin.Chromium;
import dev.hexmart.systemtests.signin.DemoWithSignIn;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * What the developer of a client sees at {@code /docs}, in a browser.
 *
 * <p>With {@code -Dscreenshots=FOLDER} the page is kept there as pictures.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Needs.CHROMIUM)
class ApiPageTest {

    /** Swagger UI has no field for an array's UUIDs, says so, and takes the one for text. */
    private static final String OF_ITS_OWN = "Could not find component";

    private static final Map<Device, String> TRIED_OUT =
            new EnumMap<>(Map.of(Device.DESKTOP, "products-listProducts", Device.PHONE, "gateway-getCaller"));

    @TempDir
    private static Path data;

    private DemoWithSignIn demo;
    private Shop shop;
    private Customer customer;

    @BeforeAll
    void start() {
        demo = new DemoWithSignIn(data);
        shop = new Shop(new Addresses(demo.shop(), demo.demo().identity(), Map.of(), Map.of()));
        customer = new Customer(demo.shop(), Device.DESKTOP);
    }

    @AfterAll
    void stop() {
        customer.close();
        shop.close();
        demo.close();
    }

    /** The page is loaded once for both devices, as nothing takes it longer than to show all operations. */
    @Test
    void operationsAreShownAndTriedOutOnEveryDevice() {
        Customer alice = customer.next(Device.DESKTOP).signedInAs("alice");
        ChromeDriver browser = alice.browser();
        alice.goTo("/docs");
        alice.awaitText("What is on offer");
        for (Device device : Device.values()) {
            device.take(browser);
            assertThat(alice.text()).contains("is done as Alice", "Catalog, cart, orders and payments of a shop");
            assertThat(browser.findElements(By.className("opblock"))).hasSize(shownInTheDocument());
            browser.executeScript("document.getElementById('operations-tag-products').scrollIntoView()");
            Chromium.keep(browser, "docs-" + device.name().toLowerCase(Locale.ROOT));
        }

        // The list of products stays open, and is the widest of all that is shown.
        TRIED_OUT.forEach((device, operation) -> {
            device.take(browser);
            tryOut(browser, operation, 200);
            assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("on a " + device)
                    .isEqualTo(true);
        });
        assertThat(alice.complaints())
                .filteredOn(complaint -> !complaint.contains(OF_ITS_OWN))
                .isEmpty();
    }

    @Test
    void changesAreTriedOutWithTheSessionUntilATokenIsEntered() {
        shop.as("bob").delete("/cart");
        Customer bob = customer.next(Device.DESKTOP).signedInAs("bob");
        ChromeDriver browser = bob.browser();
        bob.goTo("/docs");
        bob.awaitText("What is on offer");
        tryOut(browser, "cart-emptyCart", 204);
        assertThat(bob.complaints()).isEmpty();

        browser.findElement(By.cssSelector(".auth-wrapper .authorize")).click();
        browser.findElement(By.id("auth-bearer-value")).sendKeys(shop.token("carol"));
        browser.findElement(By.cssSelector(".auth-container:has(#auth-bearer-value) .authorize"))
                .click();
        browser.findElement(By.cssSelector(".btn-done")).click();
        tryOut(browser, "gateway-getCaller", 200);
        bob.awaitText("Catalog.Manage");
    }

    @Test
    void anonymousVisitorGetsASignInLink() {
        Customer stranger = customer.next(Device.DESKTOP);
        stranger.goTo("/docs");
        stranger.awaitText("What is on offer");
        stranger.browser().findElement(By.linkText("Sign in")).click();
        stranger.browser().findElement(By.id("user-alice")).click();
        stranger.awaitText("is done as Alice");
        assertThat(stranger.complaints()).isEmpty();
    }

    private int shownInTheDocument() {
        return (int) shop.stranger()
                .get("/openapi.yaml")
                .body()
                .lines()
                .filter(line -> line.startsWith("      operationId: "))
                .count();
    }

    private static void tryOut(ChromeDriver browser, String operation, int status) {
        String block = "#operations-" + operation + " ";
        press(browser, block + ".opblock-summary-control", block + ".try-out__btn");
        press(browser, block + ".try-out__btn", block + ".execute");
        String answer = block + ".live-responses-table tr.response .response-col_status";
        press(browser, block + ".execute", answer);
        assertThat(browser.findElement(By.cssSelector(answer)).getText()).startsWith(Integer.toString(status));
    }

    /** Until it has had its effect: while the page unfolds, what is to be pressed may have moved away. */
    private static void press(ChromeDriver browser, String button, String effect) {
        await().atMost(ofSeconds(20)).ignoreExceptions().until(() -> {
            if (browser.findElements(By.cssSelector(effect)).isEmpty()) {
                WebElement found = browser.findElement(By.cssSelector(button));
                browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
                found.click();
            }
            return !browser.findElements(By.cssSelector(effect)).isEmpty();
        });
    }
}
