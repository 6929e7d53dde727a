package dev.hexmart.systemtests.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.hexmart.systemtests.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What browsers make of our cookies, headers and redirects, only a browser can tell. */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Needs.CHROMIUM)
class SignInWithChromiumTest {

    @TempDir
    private static Path data;

    private DemoWithSignIn shop;
    private ChromeDriver browser;

    @BeforeAll
    void start() {
        shop = new DemoWithSignIn(data);
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    @BeforeEach
    void openABrowser() {
        browser = Chromium.open();
    }

    @AfterEach
    void closeTheBrowser() {
        browser.quit();
    }

    @Test
    void personSignsInAndOut() {
        browser.get(shop.shop() + "/");
        awaitText("Sign in");
        browser.findElement(By.linkText("Sign in")).click();
        browser.findElement(By.id("user-alice")).click();
        awaitText("Signed in as Alice Archer");
        assertThat(URI.create(browser.getCurrentUrl())).isEqualTo(shop.shop().resolve("/"));
        assertThat(browser.executeScript(
                        "return document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
                .isEqualTo("{}{}");
        assertThat(browser.manage().getCookieNamed("__Host-session"))
                .satisfies(cookie -> assertThat(cookie.isHttpOnly()).isTrue())
                .satisfies(cookie -> assertThat(cookie.isSecure()).isTrue())
                .satisfies(cookie -> assertThat(cookie.getSameSite()).isEqualTo("Strict"));

        browser.findElement(By.id("sign-out")).click();
        awaitText("You are signed out");
        assertThat(browser.manage().getCookieNamed("__Host-session")).isNull();
        browser.get(shop.shop() + "/");
        awaitText("Sign in");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().equals(Level.SEVERE))
                .extracting(LogEntry::getMessage)
                // Without a session at first.
                .allMatch(message -> message.matches("(?s).*/me .* 401 .*"));
    }

    @Test
    void signOutWithAnExpiredSessionEndsTheProviderSession() {
        signIn("alice");
        Browser elsewhere = new Browser(shop.shop());
        elsewhere.plant(
                "__Host-session",
                browser.manage().getCookieNamed("__Host-session").getValue());
        assertThat(elsewhere.post("/logout", "").statusCode()).isEqualTo(303);

        browser.findElement(By.id("sign-out")).click();
        awaitText("You are signed out");
        assertThat(URI.create(browser.getCurrentUrl())).isEqualTo(shop.shop().resolve("/signed-out"));

        browser.get(shop.shop() + "/login");
        assertThat(browser.findElements(By.id("user-bob"))).hasSize(1);
    }

    @Test
    void goingBackAfterSigningInLeadsToTheShop() {
        browser.get(shop.shop() + "/login");
        browser.findElement(By.id("user-alice")).click();
        awaitText("Signed in as Alice Archer");

        // To the provider, which knows the browser by now and sends it on to the callback at once.
        browser.navigate().back();

        awaitText("Signed in as Alice Archer");
        assertThat(URI.create(browser.getCurrentUrl())).isEqualTo(shop.shop().resolve("/"));
    }

    @Test
    void sixTabsOpenedAtOnceAllComeBackToTheirPages() {
        browser.get(shop.shop() + "/signed-out");
        browser.executeScript("for (let i = 0; i < 6; i++) open('/shop/orders?tab=' + i)");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.getWindowHandles().size() == 7);
        List<String> tabs = browser.getWindowHandles().stream().skip(1).toList();
        for (String tab : tabs) {
            browser.switchTo().window(tab);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !browser.findElements(By.id("user-alice")).isEmpty());
        }
        for (String tab : tabs) {
            browser.switchTo().window(tab);
            browser.findElement(By.id("user-alice")).click();
            awaitText("Signed in as Alice Archer");
        }
        assertThat(tabs)
                .map(tab -> browser.switchTo().window(tab).getCurrentUrl())
                .allMatch(address -> address.startsWith(shop.shop() + "/shop/orders?tab="))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherSiteChangesNothingWithTheSessionOfItsVisitor() throws IOException {
        signIn("bob");
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] page = """
                <!doctype html><title>waiting</title>
                <form id=f method=post enctype=text/plain action="SHOP/logout"><input name=a value=b></form>
                <script type=module>
                const tries = [
                  fetch("SHOP/cart", {credentials: "include"}),
                  fetch("SHOP/logout", {method: "POST", credentials: "include"}),
                  fetch("SHOP/logout", {method: "POST", credentials: "include", mode: "no-cors"}),
                  fetch("SHOP/logout", {method: "POST", credentials: "include", headers: {"X-Requested-By": "me"}}),
                ];
                const read = (await Promise.allSettled(tries)).filter(t => t.value?.type === "basic" || t.value?.type === "cors");
                document.title = "read " + read.length;
                </script>
                """.replace("SHOP", shop.shop().toString()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        elsewhere.start();
        try {
            browser.get("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
            await().atMost(Duration.ofSeconds(20)).until(() -> "read 0".equals(browser.getTitle()));
            browser.executeScript("document.getElementById('f').submit()");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.getCurrentUrl().startsWith(shop.shop().toString()));
        } finally {
            elsewhere.stop(0);
        }
        browser.get(shop.shop() + "/");
        awaitText("Signed in as Bob Baker");
    }

    private void signIn(String user) {
        browser.get(shop.shop() + "/login");
        browser.findElement(By.id("user-" + user)).click();
        awaitText("Signed in as");
    }

    private void awaitText(String text) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> browser.findElement(By.tagName("body")).getText().contains(text));
    }
}
