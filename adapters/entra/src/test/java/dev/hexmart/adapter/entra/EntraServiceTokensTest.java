package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the authority is asked for the service's own token, and what its answers are taken for. */
class EntraServiceTokensTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final TestAuthority authority = new TestAuthority();
    private final EntraTokenVerifier verifier = EntraTokenVerifier.start(authority.settings(), clock);
    private final EntraServiceTokens tokens =
            EntraServiceTokens.start(verifier, new ClientSecret("the-secret"), clock, AuthorityObserver.NONE);

    @BeforeEach
    void issue() {
        authority.answerTokens(200, answer(token()));
    }

    @AfterEach
    void stop() {
        authority.close();
        tokens.close();
        verifier.close();
    }

    @Test
    void aTokenIsReplacedInTheBackgroundFiveMinutesBeforeItsEnd() {
        Credential first = tokens.current();
        clock.advance(Duration.ofMinutes(55).plusSeconds(1));
        CountDownLatch gate = new CountDownLatch(1);
        authority.letTokensWaitFor(gate);
        authority.answerTokens(200, answer(token()));

        assertThat(tokens.current()).isEqualTo(first);
        assertThat(tokens.current()).isEqualTo(first);

        gate.countDown();
        await().until(() -> !tokens.current().equals(first));
        assertThat(authority.tokensAskedFor()).isEqualTo(2);
    }

    @Test
    void callersDuringAHangingTokenRequestShareItsFailure() throws ExecutionException, InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        authority.letTokensWaitFor(gate);
        authority.answerTokens(503, "");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Credential>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(tokens::current))
                    .toList();
            await().until(() -> authority.tokensAskedFor() == 1);
            gate.countDown();
            for (Future<Credential> call : calls) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(TemporaryFailure.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client,      7000222",
        "400, unauthorized_client, 700016",
        "400, invalid_scope,       70011",
        "400, invalid_resource,    500011"
    })
    void aRefusalIsPermanentAndNamesTheCode(int status, String error, int code) {
        authority.answerTokens(
                status, "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: no.\"}".formatted(error, code));

        assertThatThrownBy(tokens::current)
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AADSTS" + code)
                .hasMessageNotContaining("the-secret");
    }

    @Test
    void aTokenThatTheServicesWouldNotTakeIsNotGiven() {
        authority.answerTokens(200, answer(token().claim("ver", "1.0")));

        assertThatThrownBy(tokens::current).isInstanceOf(PermanentFailure.class).hasMessageContaining("wrong ver");
    }

    private Token token() {
        return Token.good(authority, clock.instant())
                .withoutClaim("scp")
                .withoutClaim("name")
                .claim("idtyp", "app");
    }

    private static String answer(Token token) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"%s\"}".formatted(token);
    }
}
