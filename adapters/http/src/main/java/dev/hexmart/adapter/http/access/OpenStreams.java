package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.identity.Caller;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the open streams of a server, in total, per caller and per address, and refuses those above a limit. */
final class OpenStreams {

    /**
     * For how long a stream waits for a place: a client that closes one and opens the next at once must not be refused
     * because the end of the first is noticed a moment later.
     */
    private static final Duration WAIT = Duration.ofMillis(250);

    private static final int RETRY_SECONDS = 5;

    private final int most;
    private final StreamLimits limits;
    private final StreamObserver observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<String, Integer> open = new HashMap<>();

    /** @param most how many in all */
    OpenStreams(int most, StreamLimits limits, StreamObserver observer) {
        this.most = most;
        this.limits = limits;
        this.observer = observer;
    }

    /** What a stream is counted under. */
    private record Line(Scope scope, String key, int limit) {}

    private enum Scope {
        CUSTOMER,
        ADDRESS,
        SERVER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A place that is taken until it is released; releasing it again does nothing. */
    interface Place {
        void release();
    }

    /**
     * Takes a place for one stream.
     *
     * @throws ProblemException where there is none: 429 with the limit that is reached, 503 where it is the server's own
     */
    Place take(Optional<Caller> caller, InetAddress peer, List<String> forwardedFor) {
        List<Line> lines = lines(caller, peer, forwardedFor);
        lock.lock();
        try {
            long left = WAIT.toNanos();
            Optional<Line> full = full(lines);
            while (full.isPresent() && left > 0) {
                left = released.awaitNanos(left);
                full = full(lines);
            }
            if (full.isPresent()) {
                observer.streamRefused(full.get().scope().word());
                throw refusal(full.get());
            }
            lines.forEach(line -> open.merge(line.key(), 1, Integer::sum));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(new Line(Scope.SERVER, "", most));
        } finally {
            lock.unlock();
        }
        observer.streams(1);
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.compareAndSet(true, false)) {
                release(lines);
            }
        };
    }

    private void release(List<Line> lines) {
        lock.lock();
        try {
            lines.forEach(line -> open.computeIfPresent(line.key(), (_, count) -> count > 1 ? count - 1 : null));
            released.signalAll();
        } finally {
            lock.unlock();
        }
        observer.streams(-1);
    }

    private List<Line> lines(Optional<Caller> caller, InetAddress peer, List<String> forwardedFor) {
        List<Line> lines = new ArrayList<>();
        if (limits.customer().isPresent() && caller.isPresent()) {
            String key = "customer:" + RateLimits.name(caller.get());
            lines.add(new Line(Scope.CUSTOMER, key, limits.customer().getAsInt()));
        }
        if (limits.address().isPresent()) {
            String key = "address:" + RateLimits.network(limits.proxies().origin(peer, forwardedFor));
            lines.add(new Line(Scope.ADDRESS, key, limits.address().getAsInt()));
        }
        lines.add(new Line(Scope.SERVER, "server", most));
        return lines;
    }

    private Optional<Line> full(List<Line> lines) {
        return lines.stream()
                .filter(line -> open.getOrDefault(line.key(), 0) >= line.limit())
                .findFirst();
    }

    private static ProblemException refusal(Line full) {
        return new ProblemException(
                switch (full.scope()) {
                    case CUSTOMER ->
                        tooMany(
                                full,
                                "You have %d event streams open, as many as one customer may have; close one, or follow several orders with one stream");
                    case ADDRESS ->
                        tooMany(
                                full,
                                "Your address has %d event streams open, as many as one address may have; close one, or try again later");
                    case SERVER ->
                        Problem.of(
                                        ProblemType.UNAVAILABLE,
                                        "The limit of open event streams is reached; try again in a moment")
                                .retry(1);
                });
    }

    private static Problem tooMany(Line full, String words) {
        return Problem.of(ProblemType.TOO_MANY_STREAMS, words.formatted(full.limit()))
                .with("limit", Json.text(full.scope().word()))
                .retry(RETRY_SECONDS);
    }
}
