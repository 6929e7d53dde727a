package dev.hexmart.adapter.redis;

import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.RateLimiter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Each key one number that expires by itself, counted in one step by Redis's own clock. */
public final class RedisRateLimiter implements RateLimiter {

    private static final Script TAKE = Script.of("take-from-allowance.lua");

    private final Redis redis;

    public RedisRateLimiter(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Verdict take(String key, Allowance allowance) {
        return takeEach(List.of(new Wanted(key, allowance))).getFirst();
    }

    @Override
    public List<Verdict> takeEach(List<Wanted> wanted) {
        List<Script.Run> runs = wanted.stream()
                .map(each -> new Script.Run(
                        List.of(Keys.allowance(each.key())),
                        List.of(
                                Integer.toString(each.allowance().times()),
                                Long.toString(micros(each.allowance().period())))))
                .toList();
        return TAKE.runEach(redis, runs).stream()
                .map(answer -> verdict((List<?>) answer))
                .toList();
    }

    private static Verdict verdict(List<?> answer) {
        int left = Math.toIntExact((Long) answer.get(0));
        Duration whole = Duration.of((Long) answer.get(1), ChronoUnit.MICROS);
        return left < 0
                ? new Verdict.Exhausted(Duration.of((Long) answer.get(2), ChronoUnit.MICROS), whole)
                : new Verdict.Taken(left, whole);
    }

    private static long micros(Duration duration) {
        return Math.max(1, duration.toNanos() / 1000);
    }
}
