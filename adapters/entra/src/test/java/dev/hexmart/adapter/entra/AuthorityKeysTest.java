package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the authority is asked for its keys, and what happens when it does not answer. */
class AuthorityKeysTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(START);
    private final TestAuthority authority = new TestAuthority();
    private EntraTokenVerifier verifier = start(authority.settings());

    @AfterEach
    void stop() {
        verifier.close();
        authority.close();
    }

    @Test
    void theKeysAreFetchedAtTheStartAndNeverForATokenWithAKnownKey() {
        await().until(() -> authority.fetches() == 1);

        for (int i = 0; i < 100; i++) {
            assertAccepted(good());
        }

        assertThat(authority.fetches()).isEqualTo(1);
    }

    @Test
    void aThousandUnknownKeysCauseOneFetch() {
        assertAccepted(good());

        for (int i = 0; i < 1_000; i++) {
            assertRejected(good().header("kid", UUID.randomUUID().toString()));
        }

        assertThat(authority.fetches()).isEqualTo(2);
        assertAccepted(good());
    }

    @Test
    void aThousandUnknownKeysAtOnceCauseOneFetch() throws ExecutionException, InterruptedException {
        assertAccepted(good());

        allAtOnce(
                1_000,
                () -> verifier.verify(
                        good().header("kid", UUID.randomUUID().toString()).toString()));

        assertThat(authority.fetches()).isEqualTo(2);
    }

    @Test
    void aNewKeyIsPickedUpWithTheFirstTokenThatItSigned() {
        assertAccepted(good());

        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);

        assertAccepted(signedByNewKey());
        assertAccepted(good());
        assertThat(authority.fetches()).isEqualTo(2);
    }

    @Test
    void aNewKeyThatComesSoonAfterAnUnknownOneIsPickedUpWhenTheIntervalIsOver() {
        assertAccepted(good());
        assertRejected(good().header("kid", "unknown"));
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);

        assertRejected(signedByNewKey());
        advance(Duration.ofMinutes(5).minusMillis(1));
        assertRejected(signedByNewKey());
        advance(Duration.ofMillis(1));
        assertAccepted(signedByNewKey());
        assertThat(authority.fetches()).isEqualTo(3);
    }

    @Test
    void unknownKeysDoNotKeepOutOneThatWasPublishedAhead() {
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        restart(authority.settings());
        assertAccepted(good());
        int fetched = authority.fetches();
        for (int i = 0; i < 100; i++) {
            assertRejected(good().header("kid", UUID.randomUUID().toString()));
        }

        assertAccepted(signedByNewKey());

        assertThat(authority.fetches()).isEqualTo(fetched + 1);
    }

    @Test
    void theIntervalCanBeSet() {
        restart(authority.settings().withUnknownKeyInterval(Duration.ofSeconds(10)));
        assertAccepted(good());
        assertRejected(good().header("kid", "unknown"));
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);

        advance(Duration.ofSeconds(10));

        assertAccepted(signedByNewKey());
    }

    @Test
    void aKeyThatIsNoLongerPublishedIsNoLongerBelieved() {
        assertAccepted(good());
        authority.publish(TestAuthority.ANOTHER_KEY);

        assertAccepted(signedByNewKey());

        assertRejected(good());
    }

    @Test
    void theKeysAreFetchedAnewInTheBackground() {
        EntraSettings hourly = authority.settings();
        restart(new EntraSettings(
                hourly.authority(),
                hourly.tenantId(),
                hourly.clientId(),
                hourly.allowedClients(),
                Duration.ofMillis(20),
                hourly.unknownKeyInterval()));
        assertAccepted(good());
        // A failure in between must not be the end of it.
        authority.answer(500, "");
        int before = authority.fetches();
        await().until(() -> authority.fetches() > before + 1);

        authority.publish(TestAuthority.ANOTHER_KEY);

        await().untilAsserted(() -> assertRejected(good()));
        assertAccepted(signedByNewKey());
    }

    @ParameterizedTest
    @CsvSource({
        "503, ''",
        "404, ''",
        "200, ''",
        "200, no JSON",
        "200, '[]'",
        "200, null",
        "200, '{\"keys\":[]}'",
        "200, '{\"keys\":[{}]}'"
    })
    void theKnownKeysStayInUseWhileTheAuthorityFails(int status, String body) {
        assertAccepted(good());

        authority.answer(status, body);

        assertRejected(signedByNewKey());
        assertThat(authority.fetches()).isEqualTo(2);
        advance(Duration.ofMinutes(30));
        assertAccepted(good());
    }

    @Test
    void theKnownKeysStayInUseWhileTheAuthorityIsGone() {
        assertAccepted(good());

        authority.close();

        for (int minute = 0; minute < 10; minute++) {
            assertRejected(signedByNewKey());
            assertAccepted(good());
            advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void anAuthorityThatFailsIsAskedAgainSoonButNotForEveryToken() {
        assertAccepted(good());
        authority.answer(503, "");
        for (int i = 0; i < 100; i++) {
            assertRejected(signedByNewKey());
        }
        assertThat(authority.fetches()).isEqualTo(2);

        authority.publish(TestAuthority.ANOTHER_KEY);
        advance(Duration.ofSeconds(2));

        assertAccepted(signedByNewKey());
    }

    @Test
    void withoutAnyKeyThereIsNoVerdictUntilTheAuthorityAnswers() {
        authority.answer(503, "");
        restart(authority.settings());
        assertNoVerdict();
        int asked = authority.fetches();
        assertNoVerdict();
        assertThat(authority.fetches()).isEqualTo(asked);

        authority.publish(TestAuthority.KEY);
        advance(Duration.ofSeconds(2));

        assertAccepted(good());
        // The first keys, however late, leave the right to ask for a key that was rolled in the meantime.
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        assertAccepted(signedByNewKey());
    }

    @Test
    void withoutAnyKeyWhatIsNoTokenIsStillRejected() {
        authority.answer(503, "");
        restart(authority.settings());

        assertThat(verifier.verify("nonsense")).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void aColdStartWithManyTokensAtOnceIsOneFetch() throws ExecutionException, InterruptedException {
        List<Verification> verdicts = allAtOnce(100, () -> verifier.verify(good().toString()));

        assertThat(verdicts).hasSize(100).allMatch(Verification.Accepted.class::isInstance);
        assertThat(authority.fetches()).isEqualTo(1);
    }

    @Test
    void aKnownKeyDoesNotWaitForAFetchThatHangs() throws ExecutionException, InterruptedException {
        assertAccepted(good());
        CountDownLatch gate = new CountDownLatch(1);
        authority.waitFor(gate);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Verification> unknown = threads.submit(
                    () -> verifier.verify(good().header("kid", "unknown").toString()));
            await().until(() -> authority.fetches() == 2);

            assertAccepted(good());

            assertThat(unknown.isDone()).isFalse();
            gate.countDown();
            assertThat(unknown.get()).isInstanceOf(Verification.Rejected.class);
        }
    }

    @Test
    void anAuthorityThatHangsIsGivenUp() {
        authority.waitFor(new CountDownLatch(1));
        restart(authority.settings());

        assertNoVerdict();
    }

    @Test
    void keysThatAreTooShortOrForEncryptionAreNotUsed() {
        RSAKey tooShort = TestAuthority.generate("short", 1024);
        RSAKey forEncryption = new RSAKey.Builder(TestAuthority.ANOTHER_KEY)
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        authority.publish(TestAuthority.KEY, tooShort, forEncryption);
        restart(authority.settings());

        assertRejected(good().header("kid", "short").signedBy(tooShort));
        assertRejected(signedByNewKey());
        assertAccepted(good());
    }

    private EntraTokenVerifier start(EntraSettings settings) {
        return EntraTokenVerifier.start(settings, time::get);
    }

    private void restart(EntraSettings settings) {
        // Whose first question, asked in the background, would else be counted at any time.
        await().until(() -> authority.fetches() > 0);
        verifier.close();
        verifier = start(settings);
    }

    private void advance(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    private Token good() {
        return Token.good(authority, START);
    }

    private Token signedByNewKey() {
        return good().header("kid", TestAuthority.ANOTHER_KEY.getKeyID()).signedBy(TestAuthority.ANOTHER_KEY);
    }

    private void assertAccepted(Token token) {
        assertThat(verifier.verify(token.toString())).isInstanceOf(Verification.Accepted.class);
    }

    private void assertRejected(Token token) {
        assertThat(verifier.verify(token.toString())).isInstanceOf(Verification.Rejected.class);
    }

    private void assertNoVerdict() {
        String token = good().toString();
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(TemporaryFailure.class)
                .hasMessageContaining("have never been seen");
    }

    private static List<Verification> allAtOnce(int times, Callable<Verification> task)
            throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Verification>> futures = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(task))
                    .toList();
            List<Verification> verdicts = new ArrayList<>();
            for (Future<Verification> future : futures) {
                verdicts.add(future.get());
            }
            return verdicts;
        }
    }
}
