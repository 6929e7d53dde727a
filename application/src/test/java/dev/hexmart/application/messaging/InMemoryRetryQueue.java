package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A retry queue in memory, which can be out of reach for a while. */
public final class InMemoryRetryQueue implements RetryQueue {

    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private boolean broken;
    private int refusals;

    /** From now on nothing can be stored or read. */
    public synchronized void breakDown() {
        broken = true;
    }

    public synchronized void mend() {
        broken = false;
    }

    /** How many calls have failed. */
    public synchronized int refusals() {
        return refusals;
    }

    @Override
    public synchronized void add(WaitingMessage message, Instant due) {
        reach();
        entries.putIfAbsent(message.id(), new Entry(message, due));
    }

    @Override
    public synchronized Optional<WaitingMessage> take(Instant now, Instant until) {
        reach();
        return entries.values().stream()
                .filter(entry -> !entry.due().isAfter(now))
                .min(Comparator.comparing(Entry::due))
                .map(entry -> {
                    WaitingMessage message = entry.message();
                    WaitingMessage taken = new WaitingMessage(
                            message.id(),
                            message.type(),
                            message.body(),
                            message.headers(),
                            message.attempts() + 1,
                            message.outages(),
                            message.reason());
                    entries.put(message.id(), new Entry(taken, until));
                    return taken;
                });
    }

    @Override
    public synchronized void putBack(WaitingMessage message, Instant due) {
        reach();
        entries.replace(message.id(), new Entry(message, due));
    }

    @Override
    public synchronized void remove(UUID id) {
        reach();
        entries.remove(id);
    }

    @Override
    public synchronized long size() {
        reach();
        return entries.size();
    }

    @Override
    public synchronized void check() {
        reach();
    }

    private void reach() {
        if (broken) {
            refusals++;
            throw new TemporaryFailure("The database is away");
        }
    }

    private record Entry(WaitingMessage message, Instant due) {}
}
