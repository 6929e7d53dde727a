package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hexmart.systemtests.attacks.TokenAttacks.Attack;
import dev.hexmart.systemtests.attacks.Wire.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every service itself refuses a request without a valid token. */
@ExtendWith(AttackedShop.Provider.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class TokenAttacksTest {

    private final AttackedShop shop;
    private final Forger forger;
    private final AtomicInteger visits = new AtomicInteger();
    private final HttpServer bait;

    TokenAttacksTest(AttackedShop shop) throws IOException {
        this.shop = shop;
        this.forger = shop.forger();
        this.bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.createContext("/", exchange -> {
            visits.incrementAndGet();
            exchange.close();
        });
        bait.start();
    }

    @AfterAll
    void stop() {
        bait.stop(0);
        assertThat(visits).as("visits to where a token says that its key is").hasValue(0);
    }

    Stream<Attack> attacks() {
        return TokenAttacks.all(
                forger,
                shop.signIn("alice", "openid").getString("id_token"),
                shop.token("bob"),
                URI.create("http://127.0.0.1:" + bait.getAddress().getPort() + "/"))
                .stream();
    }

    @Test
    void thereAreSixtyAttacksAtLeastAndNoTwoAreTheSame() {
        List<Attack> attacks = attacks().toList();
        assertThat(attacks).hasSizeGreaterThan(60);
        assertThat(attacks).extracting(Attack::name).doesNotHaveDuplicates();
        assertThat(attacks).extracting(Attack::headers).contains(List.of("Authorization:"));
    }

    @Test
    void unmodifiedTokenOfTheForgerIsAccepted() {
        shop.doors().forEach((service, path) -> {
            Reply reply = send(service, path, List.of("Authorization: Bearer " + forger.token()));
            assertThat(reply.status()).as(service).isEqualTo(200);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void tokenAttackIsRejectedByEveryService(Attack attack) {
        shop.doors().forEach((service, path) -> {
            Reply reply = send(service, path + attack.query(), attack.headers());
            assertThat(reply.status()).as(service).isIn(attack.statuses());
            if (reply.status() != TokenAttacks.HUNG_UP) {
                assertProblem(reply);
            }
            if (reply.status() == 401) {
                assertThat(reply.header("www-authenticate")).startsWith("Bearer");
            }
        });
    }

    private Reply send(String service, String path, List<String> headers) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
                + headers.stream().map(header -> header + "\r\n").reduce("", String::concat) + "\r\n";
        try {
            List<Reply> replies = Wire.exchange(shop.service(service), request.getBytes(ISO_8859_1));
            return replies.isEmpty() ? new Reply(TokenAttacks.HUNG_UP, java.util.Map.of(), "") : replies.getFirst();
        } catch (IOException e) {
            throw new AssertionError(service + " did not answer", e);
        }
    }

    private static void assertProblem(Reply reply) {
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        JsonObject problem = Json.createReader(new StringReader(reply.body())).readObject();
        assertThat(problem.getInt("status")).isEqualTo(reply.status());
        assertThat(reply.body()).doesNotContain("eyJ", "Exception", "dev.hexmart", "kid");
    }
}
