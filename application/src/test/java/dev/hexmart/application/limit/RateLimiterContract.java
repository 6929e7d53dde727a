package dev.hexmart.application.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.limit.RateLimiter.Verdict;
import dev.hexmart.application.limit.RateLimiter.Wanted;
import dev.hexmart.application.transaction.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RateLimiter} keeps. The allowances are so slow that none comes back while a test runs. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RateLimiterContract {

    private static final Duration PERIOD = Duration.ofHours(3);
    private static final Duration ONE = Duration.ofHours(1);
    private static final Allowance THREE = new Allowance(3, PERIOD);

    private final String key = "caller-" + UUID.randomUUID();

    /** One of the processes that count; all that this returns count together. */
    protected abstract RateLimiter limiter();

    /** Lets time go by where the counting is done. */
    protected abstract void pass(Duration time);

    @Test
    void burstUpToTheAllowanceIsAdmitted() {
        assertThat(left(key)).isEqualTo(2);
        assertThat(left(key)).isEqualTo(1);
        assertThat(left(key)).isEqualTo(0);
        assertThat(limiter().take(key, THREE)).isInstanceOf(Verdict.Exhausted.class);
    }

    @Test
    void refusalHasTheRetryTime() {
        exhaust();
        assertThat(limiter().take(key, THREE)).isInstanceOfSatisfying(Verdict.Exhausted.class, refused -> {
            assertThat(refused.next()).isPositive().isLessThanOrEqualTo(ONE);
            assertThat(refused.whole()).isGreaterThan(refused.next()).isLessThanOrEqualTo(PERIOD);
        });
    }

    @Test
    void admissionHasTheResetTime() {
        assertThat(limiter().take(key, THREE).whole()).isPositive().isLessThanOrEqualTo(ONE);
        assertThat(limiter().take(key, THREE).whole()).isGreaterThan(ONE).isLessThanOrEqualTo(ONE.multipliedBy(2));
    }

    @Test
    void allowanceIsRestoredOneByOne() {
        exhaust();
        pass(ONE);
        assertThat(left(key)).isEqualTo(0);
        assertThat(limiter().take(key, THREE)).isInstanceOf(Verdict.Exhausted.class);
        pass(ONE.multipliedBy(2));
        assertThat(left(key)).isEqualTo(1);
        assertThat(left(key)).isEqualTo(0);
        assertThat(limiter().take(key, THREE)).isInstanceOf(Verdict.Exhausted.class);
    }

    @Test
    void allowanceIsRestoredAfterAPeriodUpToItsLimit() {
        exhaust();
        pass(PERIOD.multipliedBy(10));
        assertThat(left(key)).isEqualTo(2);
        pass(PERIOD.multipliedBy(10));
        assertThat(left(key)).isEqualTo(2);
    }

    @Test
    void aRefusalCostsNothing() {
        exhaust();
        for (int i = 0; i < 20; i++) {
            assertThat(limiter().take(key, THREE)).isInstanceOf(Verdict.Exhausted.class);
        }
        pass(ONE);
        assertThat(left(key)).isEqualTo(0);
    }

    @Test
    void keysKnowNothingOfEachOther() {
        exhaust();
        assertThat(left("another-" + key)).isEqualTo(2);
    }

    @Test
    void loweredAllowanceBlocksForOnePeriodAtMost() {
        exhaust();
        Allowance lowered = new Allowance(2, Duration.ofMinutes(2));
        assertThat(limiter().take(key, lowered))
                .isInstanceOfSatisfying(
                        Verdict.Exhausted.class,
                        refused -> assertThat(refused.whole()).isLessThanOrEqualTo(lowered.period()));
    }

    @Test
    void indivisibleAllowanceIsUsedUp() {
        Allowance seven = new Allowance(7, PERIOD);
        for (int left = 6; left >= 0; left--) {
            assertThat(limiter().take(key, seven))
                    .extracting(verdict -> verdict instanceof Verdict.Taken taken ? taken.left() : -1)
                    .isEqualTo(left);
        }
        assertThat(limiter().take(key, seven)).isInstanceOf(Verdict.Exhausted.class);
    }

    @Test
    void severalAreCountedAtOnceAndEachByItself() {
        exhaust();
        String other = "other-" + key;
        String third = "third-" + key;
        Allowance one = new Allowance(1, PERIOD);
        List<Verdict> verdicts =
                limiter().takeEach(List.of(new Wanted(other, THREE), new Wanted(key, THREE), new Wanted(third, one)));
        assertThat(verdicts).hasSize(3);
        assertThat(verdicts.get(0))
                .isInstanceOfSatisfying(
                        Verdict.Taken.class, taken -> assertThat(taken.left()).isEqualTo(2));
        assertThat(verdicts.get(1)).isInstanceOf(Verdict.Exhausted.class);
        assertThat(verdicts.get(2))
                .isInstanceOfSatisfying(
                        Verdict.Taken.class, taken -> assertThat(taken.left()).isZero());
        assertThat(left(other)).isEqualTo(1);
        assertThat(limiter().takeEach(List.of())).isEmpty();
    }

    @Test
    void howeverManyCountAtTheSameMomentNoMoreThanAllowedGetThrough() {
        Allowance twenty = new Allowance(20, PERIOD);
        List<Verdict> verdicts = AtOnce.times(100, () -> limiter().take(key, twenty));
        assertThat(verdicts)
                .filteredOn(verdict -> verdict instanceof Verdict.Taken)
                .hasSize(20);
    }

    private void exhaust() {
        for (int i = 0; i < THREE.times(); i++) {
            assertThat(limiter().take(key, THREE)).isInstanceOf(Verdict.Taken.class);
        }
    }

    private int left(String whose) {
        return switch (limiter().take(whose, THREE)) {
            case Verdict.Taken taken -> taken.left();
            case Verdict.Exhausted _ -> throw new AssertionError("There is nothing left");
        };
    }
}
