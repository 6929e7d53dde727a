package dev.hexmart.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.limit.Allowance;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop's pages before services that answer as they are told. */
class ShopPagesUnitTest {

    private static final Caller ALICE = Callers.customer(Callers.newCustomerId());

    private final FakeServices services = FakeServices.start();
    private final TestGateway gateway = TestGateway.before(services);

    @AfterEach
    void close() {
        gateway.close();
        services.close();
    }

    @Test
    void theCatalogIsReadWithTheGatewaysTokenForAnAnonymousVisitor() {
        HttpResponse<String> page = gateway.get("/?search=kettle", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Gooseneck kettle", "Sign in").doesNotContain("Signed in as");
        assertThat(services.asked().getFirst())
                .isEqualTo(new FakeServices.Asked(
                        "/products?limit=24&search=kettle&sort=name", "Bearer " + TestGateway.OWN_TOKEN));
    }

    @Test
    void theCatalogIsReadWithTheVisitorsTokenWhenSignedIn() {
        String token = gateway.token(ALICE);
        HttpResponse<String> page = gateway.get("/", "Accept", "text/html", "Authorization", "Bearer " + token);
        assertThat(page.body()).contains("Signed in as", "Alice");
        assertThat(services.asked())
                .extracting(FakeServices.Asked::authorization)
                .containsOnly("Bearer " + token);
    }

    @Test
    void theFrontPageIsPlainTextForAClientThatDoesNotPreferHtml() {
        HttpResponse<String> greeting = gateway.get("/", "Accept", "*/*");
        assertThat(greeting.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(greeting.body()).contains("/products").doesNotContain("<html", "alice", "1111");
        assertThat(services.asked()).isEmpty();
    }

    @Test
    void theCartShowsItsLinesAndTheirTotal() {
        assertThat(gateway.get("/shop/cart", ALICE).body()).contains("Gooseneck kettle", "39.98");
    }

    @Test
    void aProductThatIsNoLongerOnOfferIsNamedInTheCart() {
        services.answer("/products", 200, "[]");
        assertThat(gateway.get("/shop/cart", ALICE).body())
                .contains("No longer available")
                .doesNotContain("39.98");
    }

    @Test
    void theCheckoutSendsTheTagOfTheCartThatItShows() {
        assertThat(gateway.get("/shop/checkout", ALICE).body()).contains("data-tag=\"&#34;1.a&#34;\"");
    }

    @Test
    void checkoutOffersTheProvidersMethodsAndToPayLater() {
        String page = gateway.get("/shop/checkout", ALICE).body();
        assertThat(page)
                .containsSubsequence(
                        "value=\"invoice\" checked", "By invoice", "Pay in two weeks.", "value=\"card-ok\"")
                .containsSubsequence("A card that works", "value=\"\"", "Pay later")
                .containsOnlyOnce(" checked");
    }

    @Test
    void checkoutOffersToPayLaterAloneWhileTheMethodsAreUnknown() {
        services.answer("/payments/methods", 503, "");
        assertThat(gateway.get("/shop/checkout", ALICE).body())
                .containsSubsequence("value=\"\" checked", "Pay later")
                .containsOnlyOnce("type=\"radio\"");
    }

    @Test
    void orderNamesItsMethodAsTheProviderDoes() {
        String order = "/shop/orders/" + FakeServices.ORDER;
        assertThat(gateway.get(order, ALICE).body()).contains("<dd>A card that works</dd>");
        services.answer("/payments/methods", 200, "[]");
        try (var restarted = TestGateway.before(services)) {
            assertThat(restarted.get(order, ALICE).body()).contains("<dd>card-ok</dd>");
        }
    }

    @Test
    void anOrderLinksToItsTrace() {
        HttpResponse<String> page = gateway.get("/shop/orders/" + FakeServices.ORDER, ALICE);
        assertThat(page.body())
                .contains("Gooseneck kettle", "http://localhost:4318/traces/0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/cart, /login?returnTo=%2Fshop%2Fcart",
        "/shop/orders/1?a=b, /login?returnTo=%2Fshop%2Forders%2F1%3Fa%3Db"
    })
    void anAnonymousVisitorIsSentToSignInAndBack(String path, String location) {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(location);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(services.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/shop/cart"})
    void anAnonymousVisitorByALinkFromAnotherSiteLoadsThePageOnceMore(String path) {
        HttpResponse<String> answer =
                gateway.get(path, "Accept", "text/html", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("http-equiv=\"refresh\"");
        assertThat(services.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "*/*", "application/json"})
    void serviceOutageIsAPageForAnyAccept(String accept) {
        services.answer("/cart", 503, "");
        HttpResponse<String> page =
                gateway.get("/shop/cart", "Accept", accept, "Authorization", "Bearer " + gateway.token(ALICE));
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("not available at the moment", "Alice", "href=\"/shop/cart\">Try again");
    }

    @Test
    void aServiceThatAnswersUnexpectedlyIsAnErrorWithAReference() {
        services.answer("/cart", 200, "[]");
        HttpResponse<String> page = gateway.get("/shop/cart", ALICE);
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).contains("Something went wrong here", "class=\"reference\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/products/nonsense, There is no such product",
        "/shop/products/00000000-0000-4000-8000-000000000000, There is no such product",
        "/shop/orders/00000000-0000-4000-8000-000000000000, There is no such order"
    })
    void anUnknownAddressIsAPageThatSaysSo(String path, String title) {
        HttpResponse<String> page = gateway.get(path, ALICE);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains(title);
    }

    @Test
    void aPageCountsAgainstTheRateLimitOfItsCustomer() {
        try (var limited = TestGateway.limited(services, new Allowance(2, Duration.ofMinutes(1)))) {
            String[] alice = {"Accept", "text/html", "Authorization", "Bearer " + limited.token(ALICE)};
            assertThat(limited.get("/shop/cart", alice).statusCode()).isEqualTo(200);
            HttpResponse<String> open = limited.get("/shop/categories", alice);
            assertThat(open.headers().firstValue("RateLimit")).hasValue("\"customer\";r=0;t=60");
            HttpResponse<String> refused = limited.get("/shop/cart", alice);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(refused.body()).contains("Too many requests", "Try again in 30 seconds.");
            assertThat(limited.get("/styles/main.css", alice).statusCode()).isEqualTo(200);
        }
    }
}
