package dev.hexmart.adapter.rabbitmq;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the broker says about one batch of messages.
 *
 * <p>A message that no queue wants is returned and then acknowledged by RabbitMQ, but refused and then returned by Qpid:
 * stored is what was acknowledged and not returned, in whichever order that is said. Word about messages that are not of
 * this batch is passed over.
 */
final class Confirms {

    private final AtomicInteger unsettled;
    private final NavigableMap<Long, UUID> expected = new ConcurrentSkipListMap<>();
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> returned = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> allSettled = new CompletableFuture<>();

    Confirms(int messages) {
        this.unsettled = new AtomicInteger(messages);
    }

    /** @param number the message's number on its channel */
    void expect(long number, UUID id) {
        expected.put(number, id);
    }

    void settle(long number, boolean andAllBefore, boolean ack) {
        NavigableMap<Long, UUID> settled =
                andAllBefore ? expected.headMap(number, true) : expected.subMap(number, true, number, true);
        while (!settled.isEmpty()) {
            UUID id = settled.pollFirstEntry().getValue();
            if (ack) {
                acknowledged.add(id);
            }
            if (unsettled.decrementAndGet() == 0) {
                allSettled.complete(true);
            }
        }
    }

    void returned(String id) {
        returned.add(Objects.requireNonNullElse(id, ""));
    }

    void fail(TemporaryFailure failure) {
        allSettled.completeExceptionally(failure);
    }

    /** Whether something was said about every message. */
    boolean areComplete() {
        return unsettled.get() == 0;
    }

    /** The ids of the messages that are stored; after the given time, of those that are known to be by then. */
    Set<UUID> await(Duration atMost) {
        try {
            allSettled
                    .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw (TemporaryFailure) e.getCause();
        }
        Set<UUID> stored = new HashSet<>(acknowledged);
        stored.removeIf(id -> returned.contains(id.toString()));
        return stored;
    }
}
