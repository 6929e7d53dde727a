package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gateway does before it passes anything on, in gateways of the tests' own before the shared services. */
@ExtendWith(SharedShop.Open.class)
class GatewayDoorTest {

    private SharedShop open;
    private Shop shop;

    @BeforeEach
    void open(SharedShop sharedShop) {
        open = sharedShop;
        shop = open.shop();
        forgetCounts();
    }

    @AfterEach
    void forgetCounts() {
        open.forgetAllowances();
    }

    @Test
    void rateLimitAppliesAtEveryGatewayAndNotToOthers() {
        Map<String, String> three = Map.of("RATE_LIMIT_CUSTOMER", "3/PT1H");
        try (ServiceHost gateway = gateway(three);
                ServiceHost another = gateway(three)) {
            Visitor alice = shop.as("alice").at(gateway.address());
            for (int left = 2; left >= 0; left--) {
                Answer answer = alice.get("/products?limit=1");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("RateLimit").orElse("")).contains("\"customer\";r=" + left + ";t=");
                assertThat(answer.header("RateLimit-Policy").orElse("")).contains("\"customer\";q=3;w=3600");
            }
            for (ServiceHost each : List.of(gateway, another)) {
                Answer refused = shop.as("alice").at(each.address()).get("/products?limit=1");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Content-Type")).contains("application/problem+json");
                assertThat(refused.json().getString("code")).isEqualTo("too-many-requests");
                assertThat(Integer.parseInt(refused.header("Retry-After").orElse("0")))
                        .isBetween(1, 1200);
            }
            assertThat(shop.as("bob")
                            .at(gateway.address())
                            .get("/products?limit=1")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void tokenGuessingIsLimitedByAddressButNotFilesAndHealth() {
        try (ServiceHost gateway = gateway(Map.of("RATE_LIMIT_ADDRESS", "3/PT1H"))) {
            Visitor guessing = shop.bearing("guess").at(gateway.address());
            for (int i = 0; i < 3; i++) {
                assertThat(guessing.get("/products").status()).isEqualTo(401);
            }
            assertThat(guessing.get("/products").status()).isEqualTo(429);
            assertThat(shop.as("alice").at(gateway.address()).get("/products").status())
                    .isEqualTo(429);
            assertThat(guessing.get("/").status()).isEqualTo(429);
            assertThat(guessing.get("/styles/main.css").status()).isEqualTo(200);
            assertThat(guessing.at(gateway.managementAddress())
                            .get("/health/ready")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theShopStaysOpenWhileRedisIsAway() {
        try (ServiceHost gateway =
                gateway(Map.of("REDIS_URL", "redis://127.0.0.1:1", "RATE_LIMIT_CUSTOMER", "1/PT1H"))) {
            for (int i = 0; i < 5; i++) {
                Answer answer = shop.as("alice").at(gateway.address()).get("/products?limit=1");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("RateLimit")).isEmpty();
            }
        }
    }

    @Test
    void pageLoadsOnlyOwnFilesAndCannotBeFramed() {
        Answer page = shop.send(
                shop.stranger().request("/", "Accept", "text/html").GET().build());
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http:");
        assertThat(page.header("X-Frame-Options")).contains("DENY");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(page.header("Server")).isEmpty();
        assertThat(page.header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void browsersKeepToTlsWhereThereIsNothingElse() {
        try (ServiceHost gateway = gateway(Map.of("PUBLIC_URL", "https://shop.example.org"))) {
            for (String path : List.of("/", "/products", "/nothing-there")) {
                assertThat(shop.stranger()
                                .at(gateway.address())
                                .get(path)
                                .header("Strict-Transport-Security")
                                .orElse(""))
                        .startsWith("max-age=31536000");
            }
        }
    }

    @Test
    void noOtherSitesScriptIsGivenPermissionAnywhere() {
        List<URI> doors = Stream.concat(Stream.of("gateway"), SharedShop.SERVICES.stream())
                .map(name -> open.service(name).address())
                .toList();
        for (URI door : doors) {
            for (String path : List.of("/", "/products", "/cart/add", "/orders", "/pay", "/login", "/me")) {
                Answer preflight = shop.send(shop.stranger()
                        .at(door)
                        .request(
                                path,
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "POST",
                                "Access-Control-Request-Headers",
                                "authorization, content-type")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build());
                Answer asked = shop.send(shop.as("alice")
                        .at(door)
                        .request(path, "Origin", "https://evil.example")
                        .build());
                assertThat(preflight.status()).as(door + path).isGreaterThanOrEqualTo(400);
                for (Answer answer : List.of(preflight, asked)) {
                    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
                }
            }
        }
    }

    private ServiceHost gateway(Map<String, String> variables) {
        Map<String, String> environment = open.environment("gateway");
        environment.put("RATE_LIMIT_ADDRESS", "off");
        environment.putAll(variables);
        return GatewayService.start(GatewaySettings.from(new Environment(environment)));
    }
}
