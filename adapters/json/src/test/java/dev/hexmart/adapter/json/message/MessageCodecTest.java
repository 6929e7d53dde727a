package dev.hexmart.adapter.json.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.json.Golden;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private static final UUID ID = UUID.fromString("7d3b8b2c-3e3f-4d90-ac76-2f3b4c5d6e7f");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final OrderId ORDER = OrderId.parse("0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10");
    private static final ProductId ONE = ProductId.parse("5b1f6f0a-1c1d-4b7e-8a54-0d1f2a3b4c5d");
    private static final ProductId TWO = ProductId.parse("6c2a7a1b-2d2e-4c8f-9b65-1e2a3b4c5d6e");
    private static final CustomerId CUSTOMER =
            CustomerId.parse("11111111-1111-1111-1111-111111111111.33333333-3333-3333-3333-333333333333");
    private static final PaymentCommand.CapturePayment CAPTURE =
            new PaymentCommand.CapturePayment(ORDER, CUSTOMER, Money.of(1999, "EUR"), new PaymentMethod("card-ok"));
    private static final Map<String, String> TRACE = Map.of(
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "tracestate", "vendor=value",
            "baggage", "not for the bus");

    static Stream<Message> everyMessageWithoutTrace() {
        return Stream.of(
                new StockCommand.ReserveStock(
                        ORDER, List.of(new LineItem(ONE, Quantity.of(2)), new LineItem(TWO, Quantity.of(1)))),
                new StockCommand.CommitStock(ORDER),
                new StockCommand.ReleaseStock(ORDER),
                new CheckoutEvent.StockReserved(ORDER),
                new CheckoutEvent.StockRejected(ORDER, List.of(ONE)),
                new CheckoutEvent.PaymentCaptured(ORDER),
                new CheckoutEvent.PaymentDeclined(ORDER, 2, "The card was declined"),
                new CheckoutEvent.PaymentPartlyRefunded(ORDER, Money.of(500, "EUR"), Money.of(750, "EUR")),
                new CheckoutEvent.PaymentRefunded(ORDER, Goods.RETURNED),
                new PaymentCommand.RefundPayment(ORDER));
    }

    @ParameterizedTest
    @MethodSource("everyMessageWithoutTrace")
    void aMessageIsWrittenAsItsGoldenFileSaysAndReadBackTheSame(Message message) {
        String golden = MessageCodec.type(message);

        assertThat(Golden.parsed(MessageCodec.encode(ID, message, TIME, Map.of())))
                .isEqualTo(Golden.json(golden));
        assertThat(MessageCodec.decode(Golden.text(golden))).isEqualTo(new Received<>(ID, message));
    }

    @Test
    void aRefundWithoutItsGoodsSaysSo() {
        var refunded = new CheckoutEvent.PaymentRefunded(ORDER, Goods.OUTSTANDING);
        String message = MessageCodec.encode(ID, refunded, TIME, Map.of());
        assertThat(message).contains("\"goods\":\"outstanding\"");
        assertThat(MessageCodec.decode(message).message()).isEqualTo(refunded);
    }

    @Test
    void aDeclinedPaymentThatNamesNoAttemptIsTheFirst() {
        String message = MessageCodec.encode(
                        ID, new CheckoutEvent.PaymentDeclined(ORDER, 2, "The card was declined"), TIME, Map.of())
                .replace("\"attempt\":2,", "");
        assertThat(MessageCodec.decode(message).message())
                .isEqualTo(new CheckoutEvent.PaymentDeclined(ORDER, 1, "The card was declined"));
    }

    @Test
    void onlyTheTraceContextIsSentAsExtensionAttributes() {
        String golden = MessageCodec.type(CAPTURE);

        assertThat(Golden.parsed(MessageCodec.encode(ID, CAPTURE, TIME, TRACE))).isEqualTo(Golden.json(golden));
        assertThat(MessageCodec.decode(Golden.text(golden))).isEqualTo(new Received<>(ID, CAPTURE));
    }

    @Test
    void theTypesOfAContextAreThoseOfItsMessages() {
        for (var destination : Destination.ALL) {
            assertThat(MessageCodec.types(destination))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(everyMessageWithoutTrace(), Stream.of(CAPTURE))
                            .filter(message -> destination.accept(message).isPresent())
                            .map(MessageCodec::type)
                            .toList());
        }
    }

    @Test
    void attributesAndMembersOfANewerSenderAreIgnored() {
        String newer = Golden.text("dev.hexmart.stock.commit.v1")
                .replace("\"data\": {", "\"dataschema\": \"urn:x\", \"data\": {\"more\": [1.5],");

        assertThat(MessageCodec.decode(newer)).isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"application/json; charset=utf-8\"",
                "\"application/json;charset=\\\"UTF-8\\\"\"",
                "\"Application/JSON\"",
                "\"application/json ; x=y\"",
                "\"application/vnd.example+json\"",
                "\"text/json\"",
                "null"
            })
    void contentTypeThatIsJsonInAnySpellingIsRead(String contentType) {
        String body = Golden.text("dev.hexmart.stock.commit.v1").replace("\"application/json\"", contentType);

        assertThat(MessageCodec.decode(body)).isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-7", "1.5e300", "\"text\"", "[1, [null]]", "{\"a\": {\"b\": []}}"})
    void extensionAttributeOfAnyJsonTypeIsPassedOver(String value) {
        String body = Golden.text("dev.hexmart.stock.commit.v1")
                .replace(
                        "\"data\": {",
                        "\"unknown_Extension-1\": %s, \"traceparent\": %s, \"data\": {".formatted(value, value));

        assertThat(MessageCodec.decode(body)).isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    @Test
    void optionalAttributesMayBeMissingOrNull() {
        String body = Golden.text("dev.hexmart.stock.commit.v1")
                .replace("\"" + TIME + "\"", "null")
                .replaceFirst("\"subject\": \"[^\"]*\",", "");

        assertThat(MessageCodec.decode(body)).isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    @Test
    void dataInBase64IsRead() {
        String body = """
                {"specversion": "1.0", "id": "%s", "source": "x", "type": "dev.hexmart.stock.commit.v1", "data_base64": "%s"}
                """.formatted(ID, base64("{\"orderId\": \"%s\"}".formatted(ORDER)));

        assertThat(MessageCodec.decode(body)).isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    @ParameterizedTest
    @CsvSource({"?, Must be Base64", "e30=, /orderId: Is required", "ew==, /data_base64: The body is not JSON"})
    void dataInBase64ThatIsNoMessageIsNamed(String data, String complaint) {
        String body = """
                {"specversion": "1.0", "id": "%s", "source": "x", "type": "dev.hexmart.stock.commit.v1", "data_base64": "%s"}
                """.formatted(ID, data);

        assertThatThrownBy(() -> MessageCodec.decode(body))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void byteOrderMarkBeforeTheMessageIsPassedOver() {
        assertThat(MessageCodec.decode("\uFEFF" + Golden.text("dev.hexmart.stock.commit.v1")))
                .isEqualTo(new Received<>(ID, new StockCommand.CommitStock(ORDER)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "amount": 1999                        | "amount": 19.99                | /data/amount/amount: Must be a whole number
            "amount": 1999                        | "amount": "1999"               | /data/amount/amount: Must be a whole number
            "amount": 1999,                       | ``                             | /data/amount/amount: Is required
            EUR                                   | EURO                           | /data/amount/currency: Must be a currency code
            card-ok                               | Card OK                        | /data/method: A payment method is
            "customer": "11111111                 | "customer": "1                 | /data/customer: Not a UUID
            "orderId": "0d4c                      | "orderId": "d4c                | /data/orderId: Not a UUID
            "specversion": "1.0"                  | "specversion": "2.0"           | /specversion: Must be 1.0
            "application/json"                    | "application/jsonx"            | /datacontenttype: Must be application/json
            "application/json"                    | "application/xml"              | /datacontenttype: Must be application/json
            payment.capture.v1                    | payment.capture.v2             | /type: Unknown type of message: dev.hexmart.payment.capture.v2
            "id": "7d3b8b2c                       | "id": "seven                   | /id:
            "method": "card-ok"                   | "method": "card-ok             | The body is not JSON
            "method": "card-ok"                   | "method": "a", "method": "b"   | The body is not JSON
            """)
    void anUnreadableMessageNamesWhatIsWrong(String part, String broken, String complaint) {
        String golden = Golden.text("dev.hexmart.payment.capture.v1");
        assertThat(golden).contains(part);

        assertThatThrownBy(() -> MessageCodec.decode(golden.replace(part, broken)))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        String broken = Golden.text("dev.hexmart.payment.capture.v1")
                .replace("EUR", "EURO")
                .replace("card-ok", "?");

        assertThatThrownBy(() -> MessageCodec.decode(broken))
                .hasMessageContaining("/data/amount/currency")
                .hasMessageContaining("/data/method");
    }

    @ParameterizedTest
    @MethodSource("hostileBodies")
    void aHostileBodyIsUnreadableAndNothingWorse(String body) {
        assertThatThrownBy(() -> MessageCodec.decode(body)).isInstanceOf(UnreadableMessage.class);
    }

    static Stream<String> hostileBodies() {
        return Stream.of(
                "",
                "null",
                "[]",
                "{}",
                Golden.text("dev.hexmart.stock.commit.v1") + "{}",
                "\uFEFF{}",
                "[".repeat(100_000),
                "{\"a\":".repeat(10_000),
                "\"" + "x".repeat(300_000) + "\"",
                Golden.text("dev.hexmart.payment.capture.v1").replace("1999", "1e999999999"),
                Golden.text("dev.hexmart.payment.capture.v1").replace("1999", "9".repeat(100_000)),
                Golden.text("dev.hexmart.stock.commit.v1")
                        .replace("{\n", "{\"deep\":" + "[".repeat(40) + "]".repeat(40) + ",\n"));
    }
}
