package dev.hexmart.application.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.idempotency.IdempotencyKeys.Claim;
import dev.hexmart.application.idempotency.IdempotencyKeys.Look;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Held;
import dev.hexmart.domain.shared.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link IdempotencyKeys} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class IdempotencyKeysContract {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    /** When claims are said to be made where they are to be forgotten: nothing else is as old. */
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private static final Fingerprint REQUEST = Fingerprint.of("one kettle");
    private static final Fingerprint OTHER_REQUEST = Fingerprint.of("two kettles");

    private final CustomerId customer = Callers.newCustomerId();
    private final OperationKey key = new OperationKey(customer, "place-order", new IdempotencyKey("key"));

    /** Runs the work in a transaction of any context that has keys. */
    protected abstract <R> R inTransaction(Function<? super IdempotencyKeys, ? extends R> work);

    @Test
    void unclaimedKeyIsGranted() {
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Granted());
    }

    @Test
    void aKeyIsOneCallersForOneOperation() {
        claim(REQUEST, NOW);
        assertThat(claim(
                        new OperationKey(Callers.newCustomerId(), "place-order", new IdempotencyKey("key")),
                        REQUEST,
                        NOW))
                .isEqualTo(new Claim.Granted());
        assertThat(claim(new OperationKey(customer, "pay", new IdempotencyKey("key")), REQUEST, NOW))
                .isEqualTo(new Claim.Granted());
        assertThat(claim(new OperationKey(customer, "place-order", new IdempotencyKey("KEY")), REQUEST, NOW))
                .isEqualTo(new Claim.Granted());
    }

    @Test
    void theLongestKeyOfTheOddestCharactersIsAKeyLikeAnyOther() {
        OperationKey odd =
                new OperationKey(customer, "place-order", new IdempotencyKey("%_'\"\\~!;:".repeat(25) + "12345"));
        assertThat(claim(odd, REQUEST, NOW)).isEqualTo(new Claim.Granted());
        answer(odd, "answer");
        assertThat(claim(odd, REQUEST, NOW)).isEqualTo(new Claim.Answered("answer"));
    }

    @Test
    void aClaimWithoutAnAnswerHoldsOthersOffUntilItsLeaseEnds() {
        claim(REQUEST, NOW);
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.InFlight());
        assertThat(claim(REQUEST, NOW.plus(IdempotencyKeys.LEASE).minusMillis(1)))
                .isEqualTo(new Claim.InFlight());
    }

    @Test
    void expiredLeaseOfAKeyCanBeTakenOver() {
        claim(REQUEST, NOW);
        Instant later = NOW.plus(IdempotencyKeys.LEASE).plusMillis(1);
        assertThat(claim(REQUEST, later)).isEqualTo(new Claim.Granted());
        assertThat(claim(REQUEST, later)).isEqualTo(new Claim.InFlight());
    }

    @Test
    void concurrentTakeoversOfAKeySucceedOnce() {
        claim(REQUEST, NOW);
        Instant later = NOW.plus(IdempotencyKeys.LEASE).plusMillis(1);
        List<Claim> claims = AtOnce.times(8, () -> AtOnce.insisting(() -> claim(REQUEST, later)));
        assertThat(claims).containsOnlyOnce(new Claim.Granted());
    }

    @Test
    void anAnsweredClaimGivesItsAnswerForEver() {
        claim(REQUEST, NOW);
        answer(key, "the answer");
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
        assertThat(claim(REQUEST, NOW.plus(IdempotencyKeys.KEPT).minusSeconds(1)))
                .isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void aClaimCanBeAnsweredInItsOwnTransaction() {
        inTransaction(keys -> {
            Claim granted = keys.claim(key, REQUEST, NOW);
            keys.answer(key, "the answer");
            return granted;
        });
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void aClaimCanBeMadeWithItsAnswer() {
        assertThat(claim("the answer")).isEqualTo(new Claim.Granted());
        assertThat(claim("another answer")).isEqualTo(new Claim.Answered("the answer"));
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
        assertThat(claim(OTHER_REQUEST, NOW)).isEqualTo(new Claim.OtherRequest());
    }

    @Test
    void aClaimThatTakesOverFromTheDeadCanBeMadeWithItsAnswer() {
        claim(REQUEST, NOW.minus(IdempotencyKeys.LEASE).minusMillis(1));
        assertThat(claim("the answer")).isEqualTo(new Claim.Granted());
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void concurrentClaimsWithAnAnswerSucceedOnce() {
        List<Claim> claims = AtOnce.times(8, i -> () -> AtOnce.insisting(() -> claim("answer " + i)));
        assertThat(claims).containsOnlyOnce(new Claim.Granted());
        assertThat(claims).hasOnlyElementsOfTypes(Claim.Granted.class, Claim.InFlight.class, Claim.Answered.class);
    }

    private Claim claim(String answer) {
        return inTransaction(keys -> keys.claim(key, REQUEST, NOW, answer));
    }

    @Test
    void aKeyThatWasUsedForAnotherRequestSaysSoWhetherAnsweredOrNot() {
        claim(REQUEST, NOW);
        assertThat(claim(OTHER_REQUEST, NOW)).isEqualTo(new Claim.OtherRequest());
        answer(key, "the answer");
        assertThat(claim(OTHER_REQUEST, NOW)).isEqualTo(new Claim.OtherRequest());
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void aClaimThatIsRolledBackNeverWas() {
        assertThatThrownBy(() -> inTransaction(keys -> {
                    keys.claim(key, REQUEST, NOW);
                    throw new IllegalArgumentException("deliberate");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(claim(OTHER_REQUEST, NOW)).isEqualTo(new Claim.Granted());
    }

    @Test
    void uncommittedClaimDoesNotBlockOthers() {
        try (Held _ = Held.open(pause -> inTransaction(keys -> {
            Claim claim = keys.claim(key, REQUEST, NOW);
            keys.answer(key, "the answer");
            pause.run();
            return claim;
        }))) {
            assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.InFlight());
            assertThat(look(REQUEST)).isEqualTo(new Look.Unanswered());
        }
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void concurrentClaimsSucceedOnce() {
        List<Claim> claims = AtOnce.times(16, () -> AtOnce.insisting(() -> claim(REQUEST, NOW)));
        assertThat(claims).containsOnlyOnce(new Claim.Granted());
        assertThat(claims).containsOnly(new Claim.Granted(), new Claim.InFlight());
    }

    @Test
    void aLookClaimsNothing() {
        assertThat(look(REQUEST)).isEqualTo(new Look.Unanswered());
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Granted());
    }

    @Test
    void aLookShowsWhetherAndHowTheKeyWasAnswered() {
        claim(REQUEST, NOW);
        assertThat(look(REQUEST)).isEqualTo(new Look.Unanswered());
        answer(key, "the answer");
        assertThat(look(REQUEST)).isEqualTo(new Look.Answered("the answer"));
        assertThat(look(OTHER_REQUEST)).isEqualTo(new Look.OtherRequest());
    }

    @Test
    void aClaimThatIsGivenUpIsFreeAtOnceForAnyRequest() {
        claim(REQUEST, NOW);
        release();
        assertThat(claim(OTHER_REQUEST, NOW)).isEqualTo(new Claim.Granted());
    }

    @Test
    void aClaimThatIsAnsweredCannotBeGivenUp() {
        claim(REQUEST, NOW);
        answer(key, "the answer");
        release();
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    @Test
    void claimsMadeBeforeATimeAreForgottenAndNoMoreThanOneAsksFor() {
        for (String value : List.of("a", "b", "c")) {
            claim(new OperationKey(customer, "place-order", new IdempotencyKey(value)), REQUEST, LONG_AGO);
        }
        assertThat(forget(LONG_AGO)).isZero();
        assertThat(this.<Integer>inTransaction(keys -> keys.forgetBefore(LONG_AGO.plusSeconds(1), 2)))
                .isEqualTo(2);
        assertThat(forget(LONG_AGO.plusSeconds(1))).isEqualTo(1);
        assertThat(claim(new OperationKey(customer, "place-order", new IdempotencyKey("a")), OTHER_REQUEST, NOW))
                .isEqualTo(new Claim.Granted());
    }

    @Test
    void youngerClaimsAreNotForgotten() {
        claim(REQUEST, NOW);
        answer(key, "the answer");
        forget(LONG_AGO.plusSeconds(1));
        assertThat(claim(REQUEST, NOW)).isEqualTo(new Claim.Answered("the answer"));
    }

    private Claim claim(Fingerprint request, Instant now) {
        return claim(key, request, now);
    }

    private Claim claim(OperationKey of, Fingerprint request, Instant now) {
        return inTransaction(keys -> keys.claim(of, request, now));
    }

    private Look look(Fingerprint request) {
        return inTransaction(keys -> keys.look(key, request));
    }

    private void answer(OperationKey of, String answer) {
        inTransaction(keys -> {
            keys.answer(of, answer);
            return answer;
        });
    }

    private void release() {
        inTransaction(keys -> {
            keys.release(key);
            return key;
        });
    }

    private int forget(Instant before) {
        return this.<Integer>inTransaction(keys -> keys.forgetBefore(before, 100_000));
    }
}
