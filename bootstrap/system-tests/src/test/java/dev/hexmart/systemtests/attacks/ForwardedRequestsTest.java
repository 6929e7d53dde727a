package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.systemtests.attacks.Wire.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway neither hides from a service what is wrong with a request, nor from a client what a service says. */
@ExtendWith(AttackedShop.Provider.class)
@Timeout(60)
class ForwardedRequestsTest {

    private final AttackedShop shop;

    ForwardedRequestsTest(AttackedShop shop) {
        this.shop = shop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "cart"})
    void anIdempotencyKeyThatIsGivenTwiceIsRefused(String service) throws IOException {
        Reply reply = ask(
                service,
                "POST /cart/checkout",
                "Content-Type: application/json\r\nContent-Length: 2\r\nIdempotency-Key: a\r\nIdempotency-Key: b",
                "{}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("Idempotency-Key: Must not be given twice");
    }

    @Test
    void aHeaderThatCannotBePassedOnIsNamed() throws IOException {
        Reply reply = ask("gateway", "GET " + shop.doors().get("products"), "If-None-Match: \"a\tb\"", "");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("If-None-Match").doesNotContain("address");
    }

    @Test
    void headTellsAtTheGatewayWhatItTellsAtTheService() throws IOException {
        String path = shop.doors().get("products");
        Reply direct = ask("products", "HEAD " + path, "X-Nothing: 1", "");
        Reply forwarded = ask("gateway", "HEAD " + path, "X-Nothing: 1", "");
        assertThat(forwarded.status()).isEqualTo(200);
        for (String header : List.of("content-type", "content-length", "etag", "cache-control")) {
            assertThat(forwarded.header(header)).as(header).isNotEmpty().isEqualTo(direct.header(header));
        }
    }

    private Reply ask(String service, String what, String headers, String body) throws IOException {
        String request = what + " HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer " + shop.token("alice") + "\r\n"
                + headers + "\r\n\r\n" + body;
        return Wire.exchange(shop.service(service), request.getBytes(ISO_8859_1))
                .getFirst();
    }
}
