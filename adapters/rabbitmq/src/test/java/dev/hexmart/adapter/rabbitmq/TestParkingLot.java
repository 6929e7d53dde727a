package dev.hexmart.adapter.rabbitmq;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps messages in memory, and nothing at all while it is down. */
final class TestParkingLot implements ParkingLot {

    private final Map<UUID, ParkedMessage> messages = new ConcurrentSkipListMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean down;

    void setDown(boolean down) {
        this.down = down;
    }

    int refusals() {
        return refusals.get();
    }

    ParkedMessage only() {
        if (messages.size() != 1) {
            throw new AssertionError("Parked: " + messages);
        }
        return messages.values().iterator().next();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    @Override
    public void park(ParkedMessage message) {
        if (down) {
            refusals.incrementAndGet();
            throw new TemporaryFailure("The parking lot is down");
        }
        messages.put(message.id(), message);
    }

    @Override
    public List<ParkedMessage> list(int limit) {
        return messages.values().stream().limit(limit).toList();
    }

    @Override
    public Optional<ParkedMessage> find(UUID id) {
        return Optional.ofNullable(messages.get(id));
    }

    @Override
    public void remove(UUID id) {
        messages.remove(id);
    }
}
