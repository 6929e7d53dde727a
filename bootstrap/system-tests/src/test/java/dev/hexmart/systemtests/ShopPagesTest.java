package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.systemtests.Shop.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop's pages as they go over the wire. */
@ExtendWith(SharedShop.Open.class)
class ShopPagesTest {

    private static final String[] NAVIGATION = {"Accept", "text/html,*/*;q=0.8"};

    private SharedShop open;

    @BeforeEach
    void open(SharedShop sharedShop) {
        open = sharedShop;
    }

    @Test
    void rootWithoutABrowserAnswersTextWithTheAddresses() {
        Answer answer = get("/", "Accept", "*/*");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("content-type").getFirst()).startsWith("text/plain");
        assertThat(answer.body())
                .contains("http://" + open.shop().addresses().gateway().getAuthority() + "/products")
                .contains("Authorization: Bearer")
                .doesNotContain("password");
    }

    @Test
    void anonymousVisitorBrowsesUnderAStrictContentSecurityPolicy() {
        Answer answer = get("/?search=kettle", NAVIGATION);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("Kettle", "Sign in").doesNotContain("<style", "onclick", "style=");
        assertThat(answer.headers().get("content-security-policy").getFirst())
                .startsWith("default-src 'none';")
                .doesNotContain("unsafe");
    }

    @Test
    void pricesAreWrittenAsTheVisitorWritesThem() {
        String id = open.product("Priced", 123456, 1);
        assertThat(get("/shop/products/" + id, "Accept-Language", "de-DE,de;q=0.9")
                        .body())
                .contains("1.234,56");
        assertThat(get("/shop/products/" + id, "Accept-Language", "en-US").body())
                .contains("€1,234.56");
        assertThat(get("/shop/products/" + id, "Accept-Language", "*;q=broken").body())
                .contains("€1,234.56");
        assertThat(get("/shop/products/" + id, "Accept-Language", "de-DE;q=0").body())
                .contains("€1,234.56");
    }

    @Test
    void namesAreEscapedAsText() {
        String id = open.product("<img src=x onerror=alert(1)>", 100, 1);
        assertThat(get("/shop/products/" + id, NAVIGATION).body())
                .contains("&lt;img src=x")
                .doesNotContain("<img src=x");
        assertThat(get("/?search=%22%3E%3Cscript%3E", NAVIGATION).body()).doesNotContain("\"><script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/cart", "/shop/checkout", "/shop/orders", "/shop/orders/1?a=b"})
    void anonymousVisitorIsRedirectedToSignInAndBack(String path) {
        Answer answer = get(path, NAVIGATION);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers().get("location").getFirst())
                .startsWith("/login?returnTo=%2Fshop%2F")
                .doesNotContain("&");
    }

    @Test
    void crossSiteLinkReloadsThePage() {
        Answer answer = get(
                "/shop/orders",
                Stream.concat(
                                Stream.of(NAVIGATION),
                                Stream.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"))
                        .toArray(String[]::new));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("http-equiv=\"refresh\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/products/nonsense", "/shop/products/00000000-0000-4000-8000-000000000000"})
    void unknownResourceIsAPageWith404(String path) {
        Answer answer = get(path, NAVIGATION);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such product");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?cursor=nonsense", "/?sort=colour", "/?category=%00", "/?search=a&search=b"})
    void aQueryThatCannotBeIsAPageThatSaysSo(String path) {
        assertThat(get(path, NAVIGATION).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404, Page not found",
        "/images/nowhere.svg, 404, Page not found",
        "/orders?limit=5, 401, Sign in to see this",
        "/logout, 405, Method not allowed",
        "/login?returnTo=//evil.example, 400, A parameter is not valid"
    })
    void errorIsAPageForBrowsersAndProblemDetailsForClients(String path, int status, String title) {
        Answer page = get(path, NAVIGATION);
        Answer details = get(path, "Accept", "*/*");
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.headers().get("content-type")).containsExactly("text/html; charset=utf-8");
        assertThat(page.headers().get("cache-control")).containsExactly("no-store");
        assertThat(page.headers().get("content-security-policy").getFirst())
                .contains("default-src 'none';", "style-src 'self'");
        assertThat(page.body())
                .contains("<h1>" + title, "href=\"/\">To the shop</a>")
                .containsPattern(">[0-9a-f]{32}<");
        assertThat(details.status()).isEqualTo(status);
        assertThat(details.headers().get("content-type")).containsExactly("application/problem+json");
        assertThat(details.headers().get("content-security-policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
        assertThat(details.json().getInt("status")).isEqualTo(status);
    }

    @Test
    void theFirstViewIsLight() {
        int bytes = Stream.of("/", "/styles/main.css", "/scripts/shop.js")
                .mapToInt(path -> get(path, NAVIGATION).body().length())
                .sum();
        assertThat(bytes).isLessThan(100_000);
    }

    private Answer get(String path, String... headers) {
        URI address = open.shop().addresses().gateway().resolve(path);
        return open.shop()
                .send(HttpRequest.newBuilder(address).headers(headers(headers)).build());
    }

    /** Asks for HTML unless something else is said. */
    private static String[] headers(String... given) {
        return given[0].equals("Accept")
                ? given
                : Stream.concat(Stream.of(NAVIGATION), Stream.of(given)).toArray(String[]::new);
    }
}
