package dev.hexmart.application.limit;

import java.time.Duration;
import java.util.List;

/**
 * Driven port: counts what is done under a key against what is allowed.
 *
 * <p>One key's allowance is one, however many processes count against it and however many of them at the same moment. Time
 * is the store's, so that no two of them disagree about it. A key that was not used for a period is forgotten, which is the
 * same as a full allowance.
 */
public interface RateLimiter {

    /**
     * Takes one from what is left of the key's allowance, if anything is; a refusal takes nothing.
     *
     * @param key whose allowance it is; keys know nothing of each other
     * @throws dev.hexmart.application.failure.InfrastructureFailure when it cannot be counted; whether to go on all the
     *     same is the caller's to say
     */
    Verdict take(String key, Allowance allowance);

    /**
     * The same with several keys, one question for all of them where that can be: each is counted by itself, and a refusal of one
     * keeps nothing from the others.
     *
     * @return the verdicts in the order of what was to be taken
     */
    default List<Verdict> takeEach(List<Wanted> wanted) {
        return wanted.stream().map(each -> take(each.key(), each.allowance())).toList();
    }

    /** One to be taken from a key's allowance. */
    record Wanted(String key, Allowance allowance) {}

    sealed interface Verdict {

        /** @param whole how long from now until all of it is there again */
        Duration whole();

        /** @param left how often one may at once after this */
        record Taken(int left, Duration whole) implements Verdict {}

        /** @param next how long from now until one may again; more than nothing */
        record Exhausted(Duration next, Duration whole) implements Verdict {}
    }
}
