package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

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
    void aThousandUnknownKeysCauseFiveFetches() {
        assertAccepted(good());

        for (int i = 0; i < 1_000; i++) {
            assertRejected(unknown());
        }

        assertThat(authority.fetches()).isEqualTo(1 + AuthorityKeys.LOOKUPS_AT_ONCE);
        assertAccepted(good());
    }

    @Test
    void aThousandUnknownKeysAtOnceCauseFiveFetches() throws ExecutionException, InterruptedException {
        assertAccepted(good());

        allAtOnce(1_000, () -> verifier.verify(unknown()));

        assertThat(authority.fetches()).isEqualTo(1 + AuthorityKeys.LOOKUPS_AT_ONCE);
    }

    @Test
    void aFloodOfUnknownKeysCausesOneFetchAnIntervalAfterTheFirstFive() {
        assertAccepted(good());

        for (int second = 0; second < 600; second++) {
            assertRejected(unknown());
            advance(Duration.ofSeconds(1));
        }

        assertThat(authority.fetches()).isBetween(60, 1 + AuthorityKeys.LOOKUPS_AT_ONCE + 60);
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
    void aRolloverIsNotDelayedByAnUnknownKeyJustBefore() {
        assertAccepted(good());
        assertRejected(unknown());
        assertRejected(unknown());

        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);

        assertAccepted(signedByNewKey());
    }

    @Test
    void aRolloverDuringAFloodOfUnknownKeysIsSeenWithinOneInterval() {
        assertAccepted(good());
        for (int i = 0; i < 1_000; i++) {
            assertRejected(unknown());
        }
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        advance(Duration.ofSeconds(10));

        // The look-up of a made-up key brings the genuine one as well.
        assertRejected(unknown());

        assertAccepted(signedByNewKey());
    }

    @Test
    void rolloversOneAfterAnotherAreAllSeenAtOnce() {
        assertAccepted(good());

        for (int i = 0; i < 20; i++) {
            RSAKey next = new RSAKey.Builder(TestAuthority.ANOTHER_KEY)
                    .keyID("key-" + i)
                    .build();
            authority.publish(TestAuthority.KEY, next);
            assertAccepted(good().header("kid", next.getKeyID()).signedBy(next));
        }
    }

    @Test
    void repeatedUnknownKeyLeavesFetchesForOthers() {
        assertAccepted(good());

        for (int second = 0; second < 600; second++) {
            assertRejected(unknown("of-another-tenant"));
            advance(Duration.ofSeconds(1));
        }

        assertThat(authority.fetches()).isLessThan(12);
    }

    @Test
    void aKeyThatAReplicaDidNotHaveYetIsLookedUpAgainAfterTwoSeconds() {
        assertAccepted(good());
        assertRejected(signedByNewKey());
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);

        advance(Duration.ofSeconds(2));

        assertAccepted(signedByNewKey());
    }

    @Test
    void unknownKeysDoNotKeepOutOneThatWasPublishedAhead() {
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        restart(authority.settings());
        assertAccepted(good());
        for (int i = 0; i < 100; i++) {
            assertRejected(unknown());
        }
        int fetched = authority.fetches();

        assertAccepted(signedByNewKey());

        assertThat(authority.fetches()).isEqualTo(fetched);
    }

    @Test
    void theIntervalCanBeSet() {
        restart(authority.settings().withUnknownKeyInterval(Duration.ofMinutes(3)));
        assertAccepted(good());
        for (int i = 0; i < 10; i++) {
            assertRejected(unknown());
        }
        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        advance(Duration.ofMinutes(3).minusMillis(1));
        assertRejected(signedByNewKey());

        advance(Duration.ofMillis(1));

        assertAccepted(signedByNewKey());
    }

    @Test
    void aKeyMissingFromOneAnswerStaysInUse() {
        assertAccepted(good());
        authority.publish(TestAuthority.ANOTHER_KEY);
        assertAccepted(signedByNewKey());

        assertAccepted(good());

        authority.publish(TestAuthority.KEY, TestAuthority.ANOTHER_KEY);
        advance(AuthorityKeys.VANISHED_KEY_KEPT);
        assertRejected(unknown());
        assertAccepted(good());
    }

    @Test
    void aKeyMissingFromEveryAnswerForTenMinutesIsWithdrawn() {
        assertAccepted(good());
        authority.publish(TestAuthority.ANOTHER_KEY);
        assertAccepted(signedByNewKey());
        advance(AuthorityKeys.VANISHED_KEY_KEPT.minusSeconds(1));
        assertRejected(unknown());
        assertAccepted(good());
        advance(Duration.ofSeconds(1));

        assertRejected(unknown());

        assertRejected(good());
        assertAccepted(signedByNewKey());
    }

    @Test
    void aVanishedKeyIsNotWithdrawnByAStrangersManyLookUps() {
        assertAccepted(good());
        authority.publish(TestAuthority.ANOTHER_KEY);
        for (int i = 0; i < 100; i++) {
            assertRejected(unknown());
            advance(Duration.ofSeconds(3));
        }

        assertAccepted(good());
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

        await().untilAsserted(() -> assertAccepted(signedByNewKey()));
        advance(AuthorityKeys.VANISHED_KEY_KEPT);
        await().untilAsserted(() -> assertRejected(good()));
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
        "200, '{\"keys\":[{}]}'",
        "200, '{\"keys\":{}}'",
        "200, '{\"keys\":[7, null, \"x\", []]}'"
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kty':'EC','crv':'P-999','kid':'x','x':'AA','y':'AA'}",
                "{'kty':'AKP','alg':'ML-DSA-65','kid':'x','pub':'AA'}",
                "{'kty':'OKP','crv':'Ed448','kid':'x','x':'AA'}",
                "{'kty':'RSA','kid':'x','n':'AA','e':'AQAB','key_ops':['frobnicate']}",
                "{'kty':'RSA','kid':'x','n':'AA','e':'AQAB','use':'enc','key_ops':['verify']}",
                "{'kty':'RSA','kid':'x'}",
                "{'kty':'RSA','kid':'x','n':7,'e':[]}",
                "{'kty':7,'kid':{}}",
                "{'kid':'x'}",
                "{}",
                "null",
                "7",
                "[]"
            })
    void aKeyThatCannotBeUsedCostsNoOtherKey(String key) {
        String usable = TestAuthority.KEY.toPublicJWK().toJSONString();
        authority.answer(200, "{\"keys\":[%s,%s]}".formatted(key.replace('\'', '"'), usable));
        restart(authority.settings());

        assertAccepted(good());
    }

    @ParameterizedTest
    @CsvSource({"key_ops, true", "x5c, true", "alg, false"})
    void aKeyIsJudgedByTheMembersThatMatterAlone(String member, boolean accepted) {
        Map<String, Object> key = new HashMap<>(TestAuthority.KEY.toPublicJWK().toJSONObject());
        key.put(member, member.equals("alg") ? "RSA-OAEP" : List.of("verify", "frobnicate"));
        String another = TestAuthority.ANOTHER_KEY.toPublicJWK().toJSONString();
        authority.answer(200, "{\"keys\":[%s,%s]}".formatted(JSONObjectUtils.toJSONString(key), another));
        restart(authority.settings());

        assertThat(verifier.verify(good().toString()) instanceof Verification.Accepted)
                .isEqualTo(accepted);
    }

    @Test
    void nullMemberOfAKeyIsTreatedAsAbsent() {
        String key = TestAuthority.KEY.toPublicJWK().toJSONString();
        String nulls = "\"use\":null,\"alg\":null,\"key_ops\":null,";
        authority.answer(
                200,
                "{\"keys\":[{" + nulls + key.replace("\"use\":\"sig\",", "").substring(1) + "]}");
        restart(authority.settings());

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

    /** Not signed: made so often, a signature would be most of the test's time. */
    private String unknown() {
        return unknown(UUID.randomUUID().toString());
    }

    private String unknown(String id) {
        return good().header("kid", id).content() + ".c2lnbmF0dXJl";
    }

    private Token signedByNewKey() {
        return good().header("kid", TestAuthority.ANOTHER_KEY.getKeyID()).signedBy(TestAuthority.ANOTHER_KEY);
    }

    private void assertAccepted(Token token) {
        assertThat(verifier.verify(token.toString())).isInstanceOf(Verification.Accepted.class);
    }

    private void assertRejected(Token token) {
        assertRejected(token.toString());
    }

    private void assertRejected(String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Verification.Rejected.class);
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
