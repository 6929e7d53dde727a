package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentMethodsReaderTest {

    private static final Credential CREDENTIAL = new Credential("token");
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String TWO = """
            [{"method":"card","name":"Card","explanation":"At once.","default":true},
             {"method":"invoice","name":"By invoice","explanation":"Later.","default":false}]""";

    private final ManualClock clock = ManualClock.atNoon();
    private volatile int status = 200;
    private volatile String body = TWO;
    private final StubService service = new StubService(
            (_, exchange) -> StubService.reply(exchange, status, Map.of("Content-Type", "application/json"), body));
    private final ServiceClient client = Clients.of(service);
    private final PaymentMethodsReader reader = new PaymentMethodsReader(client, clock);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void offersAreListedInTheServicesOrder() {
        assertThat(reader.list(CREDENTIAL))
                .containsExactly(
                        new PaymentMethodOffer(new PaymentMethod("card"), "Card", "At once."),
                        new PaymentMethodOffer(new PaymentMethod("invoice"), "By invoice", "Later."));
        assertThat(service.last().target()).isEqualTo("/payments/methods");
    }

    @Test
    void answerIsKeptForSomeMinutes() {
        List<PaymentMethodOffer> first = reader.list(CREDENTIAL);
        body = TWO.replace("At once.", "At last.");
        clock.advance(PaymentMethodsReader.KEPT.minus(MOMENT));
        assertThat(reader.list(CREDENTIAL)).isEqualTo(first);
        clock.advance(MOMENT);
        assertThat(reader.list(CREDENTIAL).getFirst().explanation()).isEqualTo("At last.");
        assertThat(service.received()).hasSize(2);
    }

    @Test
    void concurrentFirstRequestsAskOnceAndAllGetTheAnswer() {
        assertThat(AtOnce.times(8, () -> reader.list(CREDENTIAL)))
                .allSatisfy(offers -> assertThat(offers).hasSize(2));
        assertThat(service.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {}",
                "400 | {}",
                "401 | {}",
                "403 | {}",
                "200 | []",
                "200 | {}",
                "200 | [{\"method\":\"card\"}]",
                "200 | [{\"method\":\"A card\",\"name\":\"Card\",\"explanation\":\"\"}]",
            })
    void failedRequestIsRepeatedAfterAPauseOnly(int failure, String answer) {
        status = failure;
        body = answer;
        assertThat(reader.list(CREDENTIAL)).isEmpty();
        status = 200;
        body = TWO;
        clock.advance(PaymentMethodsReader.PAUSE.minus(MOMENT));
        assertThat(reader.list(CREDENTIAL)).isEmpty();
        assertThat(service.received()).hasSize(1);
        clock.advance(MOMENT);
        assertThat(reader.list(CREDENTIAL)).hasSize(2);
    }

    @Test
    void expiredAnswerStandsDuringAnOutage() {
        reader.list(CREDENTIAL);
        clock.advance(PaymentMethodsReader.KEPT);
        status = 503;
        assertThat(reader.list(CREDENTIAL)).hasSize(2);
        assertThat(reader.list(CREDENTIAL)).hasSize(2);
        assertThat(service.received()).hasSize(2);
    }
}
