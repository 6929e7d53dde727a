package dev.hexmart.systemtests.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.TelemetryReader;
import dev.hexmart.systemtests.TelemetryReader.SentSpan;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a session, through the gateway, the provider and Redis as they are. */
@TestInstance(Lifecycle.PER_CLASS)
class SignInTest {

    private static final String SESSION = "__Host-session";

    @TempDir
    private static Path data;

    private DemoWithSignIn shop;
    private Browser browser;

    @BeforeAll
    void start() {
        shop = new DemoWithSignIn(data, Map.of("DESK_PORT", "0", "OTEL_BSP_SCHEDULE_DELAY", "100"));
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    @BeforeEach
    void openABrowser() {
        browser = new Browser(shop.shop());
    }

    @Test
    void signedInBrowserBuysWithItsSession() {
        HttpResponse<String> back = browser.signIn("alice", "%2Forders");
        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(Browser.location(back)).isEqualTo(URI.create("/orders"));
        assertThat(browser.get("/me").body()).contains("\"name\":\"Alice Archer\"");

        String product = firstProduct();
        assertThat(browser.post("/cart/add", "{\"productId\":\"" + product + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/cart").body()).contains(product);
    }

    @Test
    void noTokenEverReachesTheBrowser() {
        HttpResponse<String> back = browser.signIn("alice", "%2F");
        String all = back.headers().map() + back.body() + browser.get("/me").body();
        assertThat(all).doesNotContain("eyJ").doesNotContain("refresh").doesNotContain("access_token");
    }

    @Test
    void providerRequestsAreTracedWithoutSecrets() {
        HttpResponse<String> login = browser.get("/login");
        URI callback = Browser.callback(Browser.location(login), "alice");
        assertThat(browser.to(callback).statusCode()).isEqualTo(303);
        String code = callback.getQuery().replaceFirst("(?:.*&)?code=([^&]+).*", "$1");
        assertThat(code).hasSizeGreaterThan(10).doesNotContain("=");

        try (Shop asking = new Shop(new Addresses(shop.shop(), shop.demo().identity(), Map.of(), Map.of()))) {
            TelemetryReader viewer =
                    new TelemetryReader(asking, shop.demo().viewer().orElseThrow());
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                List<SentSpan> spans = viewer.spans();
                Set<String> useCases = spans.stream()
                        .filter(span -> span.name().equals("completesignin"))
                        .map(SentSpan::id)
                        .collect(Collectors.toSet());
                assertThat(spans)
                        .filteredOn(span ->
                                useCases.contains(span.parent()) && span.name().equals("post"))
                        .isNotEmpty()
                        .allSatisfy(span -> assertThat(span.attributes())
                                .containsEntry("http.request.method", "POST")
                                .containsEntry("http.response.status_code", "200")
                                .containsKeys("server.address", "server.port")
                                .hasEntrySatisfying(
                                        "url.full",
                                        address -> assertThat(address)
                                                .startsWith("http://")
                                                .endsWith("/" + Shop.TENANT + "/oauth2/v2.0/token")));
            });
            assertThat(viewer.spans().toString()).doesNotContain(code).doesNotContain("client_secret", "eyJ");
        }
    }

    @Test
    void aSessionsTokensAreRenewedWhileItIsUsed() throws Exception {
        browser.signIn("bob");
        try (ExecutorService tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> requests = IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(_ -> () -> browser.get("/cart").statusCode())
                    .toList();
            for (Future<Integer> status : tabs.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void signOutInvalidatesAStolenCookie() {
        browser.signIn("alice");
        Browser thief = browser.thief();
        assertThat(thief.get("/me").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = browser.post("/logout", "");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).toString())
                .startsWith(shop.demo().identity().toString())
                .contains("/oauth2/v2.0/logout", "post_logout_redirect_uri=");
        assertThat(browser.cookie(SESSION)).isEmpty();
        for (String path : List.of("/me", "/cart", "/orders", "/products")) {
            assertThat(thief.get(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void signingOutWithASessionThatHasEndedSignsOutAtTheProvider() {
        browser.signIn("alice");
        browser.thief().post("/logout", "");
        HttpResponse<String> answer = browser.post("/logout", "");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).toString()).contains("/oauth2/v2.0/logout", "post_logout_redirect_uri=");
        assertThat(browser.cookie(SESSION)).isEmpty();
    }

    @Test
    void sixTabsThatBeginBeforeAnyCookieIsThereAllComeBack() {
        List<Browser> tabs =
                IntStream.range(0, 6).mapToObj(_ -> browser.thief()).toList();
        List<URI> callbacks = IntStream.range(0, tabs.size())
                .mapToObj(tab -> tabs.get(tab).get("/login?returnTo=%2Fshop%2Forders%3Ftab%3D" + tab))
                .map(login -> Browser.callback(Browser.location(login), "bob"))
                .toList();
        tabs.forEach(browser::share);
        for (int tab = 0; tab < tabs.size(); tab++) {
            HttpResponse<String> back = browser.to(callbacks.get(tab));
            assertThat(back.statusCode()).isEqualTo(303);
            assertThat(Browser.location(back)).isEqualTo(URI.create("/shop/orders?tab=" + tab));
        }
        assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void aUsedCallbackLeadsToTheShopWhileTheSessionLasts() {
        URI callback = Browser.callback(Browser.location(browser.get("/login")), "alice");
        browser.to(callback);
        assertThat(Browser.location(browser.to(callback))).isEqualTo(URI.create("/"));
        browser.post("/logout", "");
        assertThat(browser.to(callback).statusCode()).isEqualTo(400);
    }

    @Test
    void anotherSiteCanChangeNothingThroughTheBrowser() {
        browser.signIn("bob");
        String product = firstProduct();
        String body = "{\"productId\":\"" + product + "\"}";
        assertThat(browser.postFromElsewhere("/cart/add", body).statusCode()).isEqualTo(403);
        assertThat(browser.postFromElsewhere("/logout", "").statusCode()).isEqualTo(403);
        assertThat(browser.get("/cart").body()).doesNotContain(product);
        assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void linkCannotSignInToAnotherAccount() {
        Browser attacker = new Browser(shop.shop());
        URI prepared = Browser.callback(Browser.location(attacker.get("/login")), "carol");
        assertThat(browser.to(prepared).statusCode()).isEqualTo(400);
        browser.get("/login");
        assertThat(browser.to(prepared).statusCode()).isEqualTo(400);
        assertThat(browser.cookie(SESSION)).isEmpty();
        assertThat(browser.get("/me").statusCode()).isEqualTo(401);
    }

    @Test
    void signingInLeadsNowhereElse() {
        for (String elsewhere : List.of("%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example")) {
            assertThat(browser.get("/login?returnTo=" + elsewhere).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aSessionThatWasPlantedBeforehandIsOfNoUse() {
        Browser attacker = new Browser(shop.shop());
        attacker.signIn("bob");
        String planted = attacker.cookie(SESSION);
        browser.plant(SESSION, planted);
        browser.signIn("alice");
        assertThat(browser.cookie(SESSION)).isNotEmpty().isNotEqualTo(planted);
        assertThat(browser.get("/me").body()).contains("Alice");
        assertThat(attacker.get("/me").statusCode()).isEqualTo(401);
    }

    private String firstProduct() {
        return browser.get("/products?limit=1").body().replaceFirst("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
    }
}
