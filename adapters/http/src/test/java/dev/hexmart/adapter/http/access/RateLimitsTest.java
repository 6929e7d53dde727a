package dev.hexmart.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.InMemoryRateLimiter;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiter.Verdict;
import dev.hexmart.application.limit.RateLimiter.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

    private static final TrustedProxies US = TrustedProxies.parse("127.0.0.0/8, ::1");
    private static final Optional<Allowance> TWO_A_MINUTE = Optional.of(new Allowance(2, Duration.ofMinutes(1)));
    private static final Optional<Allowance> UNLIMITED = Optional.empty();

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryRateLimiter limiter = new InMemoryRateLimiter(clock);
    private final Caller alice = Callers.customer(Callers.newCustomerId());
    private final Caller bob = Callers.customer(Callers.newCustomerId());

    @Test
    void exceededLimitSaysWhenToRetryAndDoesNotAffectOthers() {
        try (var service = service(UNLIMITED, TWO_A_MINUTE)) {
            service.get("/mine", alice).hasStatus(200);
            service.get("/mine", alice).hasStatus(200);
            Answer refused = service.get("/mine", alice).isProblem(429, "too-many-requests");
            assertThat(refused.header("Retry-After")).isEqualTo("30");

            service.get("/mine", bob).hasStatus(200);
            clock.advance(Duration.ofSeconds(30));
            service.get("/mine", alice).hasStatus(200);
            service.get("/mine", alice).hasStatus(429);
        }
    }

    @Test
    void everyCountedAnswerTellsWhatIsLeft() {
        try (var service = service(Optional.of(new Allowance(100, Duration.ofMinutes(1))), TWO_A_MINUTE)) {
            Answer first = service.get("/mine", alice);
            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"address\";q=100;w=60, \"customer\";q=2;w=60");
            assertThat(first.header("RateLimit")).isEqualTo("\"address\";r=99;t=1, \"customer\";r=1;t=30");

            service.get("/mine", alice);
            assertThat(service.get("/mine", alice).hasStatus(429).header("RateLimit"))
                    .isEqualTo("\"address\";r=97;t=2, \"customer\";r=0;t=60");
            assertThat(service.get("/staff", bob).hasStatus(403).header("RateLimit"))
                    .contains("\"customer\";r=1");
            assertThat(service.call("GET", "/mine").send().hasStatus(401).header("RateLimit"))
                    .contains("\"address\"")
                    .doesNotContain("\"customer\"");
        }
    }

    @Test
    void invalidTokensAreCountedByAddressBeforeVerification() {
        try (var service = service(TWO_A_MINUTE, UNLIMITED)) {
            service.call("GET", "/mine")
                    .header("Authorization", "Bearer forged")
                    .send()
                    .hasStatus(401);
            service.call("GET", "/nothing-there").send().hasStatus(404);
            Answer refused = service.get("/mine", alice).isProblem(429, "too-many-requests");
            assertThat(refused.headers().map()).doesNotContainKey("WWW-Authenticate");
        }
    }

    @Test
    void knownTokenIsCountedByAddressAndCustomerInOneCall() {
        List<List<String>> asked = new ArrayList<>();
        RateLimiter noticed = new RateLimiter() {
            @Override
            public Verdict take(String key, Allowance allowance) {
                return limiter.take(key, allowance);
            }

            @Override
            public List<Verdict> takeEach(List<Wanted> wanted) {
                asked.add(wanted.stream()
                        .map(each -> each.key().replaceFirst(":.*", ""))
                        .toList());
                return RateLimiter.super.takeEach(wanted);
            }
        };
        try (var service = service(noticed, TWO_A_MINUTE, TWO_A_MINUTE)) {
            var call = service.call("GET", "/mine").by(alice);
            call.send().hasStatus(200);
            assertThat(asked).containsExactly(List.of("address"), List.of("customer"));
            asked.clear();
            Answer known = call.send().hasStatus(200);
            assertThat(asked).containsExactly(List.of("address", "customer"));
            assertThat(known.header("RateLimit")).startsWith("\"address\";r=0;").contains("\"customer\";r=0;");
            Answer refused = call.send().isProblem(429, "too-many-requests");
            assertThat(refused.header("RateLimit")).doesNotContain("customer");
        }
    }

    @Test
    void aServiceIsCountedLikeACustomer() {
        try (var service = service(UNLIMITED, TWO_A_MINUTE)) {
            service.get("/signed-in", Callers.service()).hasStatus(200);
            service.get("/signed-in", Callers.service()).hasStatus(200);
            service.get("/signed-in", Callers.service()).hasStatus(429);
        }
    }

    @Test
    void staticFilesAreNotCounted() {
        try (var service = service(TWO_A_MINUTE, TWO_A_MINUTE)) {
            for (int i = 0; i < 10; i++) {
                Answer picture = service.call("GET", "/picture").send().hasStatus(200);
                assertThat(picture.headers().map()).doesNotContainKeys("ratelimit", "ratelimit-policy");
            }
        }
    }

    @Test
    void theShopStaysOpenWhileNothingCanBeCounted() {
        AtomicInteger asked = new AtomicInteger();
        RateLimiter noticed = (key, allowance) -> {
            asked.incrementAndGet();
            return limiter.take(key, allowance);
        };
        try (var service = service(noticed, UNLIMITED, TWO_A_MINUTE)) {
            limiter.broken(true);
            for (int i = 0; i < 10; i++) {
                assertThat(service.get("/mine", alice).hasStatus(200).headers().map())
                        .doesNotContainKey("ratelimit");
            }
            assertThat(asked)
                    .as("who does not answer is left alone for a while")
                    .hasValue(1);

            limiter.broken(false);
            clock.advance(Duration.ofSeconds(5));
            assertThat(service.get("/mine", alice).header("RateLimit")).isEqualTo("\"customer\";r=1;t=30");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.8, 200",
        "203.0.113.7, 203.0.113.7, 429",
        "2001:db8:1:2::3, 2001:db8:1:2:ffff::4, 429",
        "2001:db8:1:2::3, 2001:db8:1:3::3, 200",
        "203.0.113.7:4711, 203.0.113.7:4712, 429",
        "[2001:db8::1]:80, 2001:db8::2, 429",
        "::ffff:203.0.113.7, 203.0.113.7, 429",
    })
    void aTrustedProxySaysWhereARequestComesFrom(String first, String second, int status) {
        try (var service = service(Optional.of(new Allowance(1, Duration.ofMinutes(1))), UNLIMITED)) {
            service.call("GET", "/mine").header("X-Forwarded-For", first).send().hasStatus(401);
            Answer answer = service.call("GET", "/mine")
                    .header("X-Forwarded-For", second)
                    .by(alice)
                    .send();
            answer.hasStatus(status);
        }
    }

    /** What the client made up stands to the left of what the proxy has seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.1, 203.0.113.7",
                "198.51.100.2,nonsense, 203.0.113.7",
                ",,203.0.113.7",
                "203.0.113.7, 127.0.0.9",
                "nonsense, 203.0.113.7, 127.0.0.9, ::1",
            })
    void whatAClientMakesUpAboutItselfIsNotBelieved(String forwardedFor) {
        try (var service = service(Optional.of(new Allowance(1, Duration.ofMinutes(1))), UNLIMITED)) {
            service.call("GET", "/mine")
                    .header("X-Forwarded-For", "203.0.113.7")
                    .send()
                    .hasStatus(401);
            service.call("GET", "/mine")
                    .header("X-Forwarded-For", forwardedFor)
                    .send()
                    .hasStatus(429);
        }
    }

    @Test
    void forwardedForOfAnUntrustedProxyIsIgnored() {
        var settings = new RateLimits.Settings(
                TWO_A_MINUTE, UNLIMITED, TrustedProxies.parse("10.0.0.0/8, 2001:db8::/32, 127.0.0.2"));
        try (var service = TestService.of(new RateLimits(limiter, settings, clock), routes())) {
            for (int i = 0; i < 3; i++) {
                service.call("GET", "/mine")
                        .header("X-Forwarded-For", "203.0.113." + i)
                        .send()
                        .hasStatus(i < 2 ? 401 : 429);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "10.0.0.0/8,,::1"
            })
    void invalidProxyAddressIsRefused(String text) {
        assertThatThrownBy(() -> TrustedProxies.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private TestService service(Optional<Allowance> address, Optional<Allowance> customer) {
        return service(limiter, address, customer);
    }

    private TestService service(RateLimiter counting, Optional<Allowance> address, Optional<Allowance> customer) {
        return TestService.of(
                new RateLimits(counting, new RateLimits.Settings(address, customer, US), clock), routes());
    }

    private static Route[] routes() {
        Handler ok = _ -> Response.empty(200);
        return new Route[] {
            Route.get("/mine", Access.CUSTOMER, ok),
            Route.get("/signed-in", Access.SIGNED_IN, ok),
            Route.get("/staff", new Access.Requires(Role.CATALOG_MANAGE), ok),
            Route.get("/picture", Access.OPEN, ok).uncounted(),
        };
    }
}
