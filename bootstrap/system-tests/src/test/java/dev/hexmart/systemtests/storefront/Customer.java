package dev.hexmart.systemtests.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.signin.Chromium;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A customer with a browser. */
final class Customer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver browser = Chromium.open();
    private final List<String> complaints = new ArrayList<>();
    private final URI shop;

    Customer(URI shop, Device device) {
        this.shop = shop;
        device.take(browser);
    }

    ChromeDriver browser() {
        return browser;
    }

    /** Another customer at the same browser, which has kept its cache and nothing else of the one before. */
    Customer next(Device device) {
        browser.get("about:blank");
        browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        browser.executeCdpCommand(
                "Storage.clearDataForOrigin",
                Map.of("origin", shop.toString(), "storageTypes", "local_storage,indexeddb,service_workers"));
        browser.manage().logs().get(LogType.BROWSER);
        complaints.clear();
        device.take(browser);
        return this;
    }

    Customer signedInAs(String user) {
        goTo("/login");
        browser.findElement(By.id("user-" + user)).click();
        await().atMost(PATIENCE)
                .until(() -> !browser.findElements(By.id("sign-out")).isEmpty());
        return this;
    }

    void goTo(String path) {
        browser.get(shop.resolve(path).toString());
    }

    void fill(String product) {
        goTo("/shop/products/" + product);
        button("Add to the cart").click();
        awaitText("is in your cart");
    }

    /** Fills the form of the checkout, without sending it. */
    void choose(String method) {
        goTo("/shop/checkout");
        browser.findElement(By.cssSelector("input[value='" + method + "']")).click();
    }

    WebElement button(String text) {
        return browser.findElement(By.xpath("//main//button[starts-with(normalize-space(), '" + text + "')]"));
    }

    /** What is visible, by the browser itself: WebDriver would ask for the style of each element of the page. */
    String text() {
        return String.valueOf(browser.executeScript("return document.body.innerText"));
    }

    void awaitText(String text) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(text()).contains(text));
    }

    void awaitPath(String prefix) {
        await().atMost(PATIENCE)
                .until(() -> URI.create(browser.getCurrentUrl()).getPath().startsWith(prefix));
    }

    /** What the browser has complained about since it was opened. Its log is emptied by being read. */
    List<String> complaints() {
        browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .forEach(complaints::add);
        return complaints;
    }

    @Override
    public void close() {
        browser.quit();
    }
}
