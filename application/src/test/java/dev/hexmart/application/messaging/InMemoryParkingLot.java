package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A parking lot in memory, which can be made unreachable. */
public final class InMemoryParkingLot implements ParkingLot {

    private final Map<UUID, ParkedMessage> parked = new ConcurrentHashMap<>();
    private volatile boolean reachable = true;

    /** From now on every call fails. */
    public void breakDown() {
        reachable = false;
    }

    @Override
    public void park(ParkedMessage message) {
        requireReachable();
        parked.put(message.id(), message);
    }

    @Override
    public List<ParkedMessage> list(int limit) {
        requireReachable();
        return parked.values().stream()
                .sorted(Comparator.comparing(ParkedMessage::at).thenComparing(ParkedMessage::id))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<ParkedMessage> find(UUID id) {
        requireReachable();
        return Optional.ofNullable(parked.get(id));
    }

    @Override
    public void remove(UUID id) {
        requireReachable();
        parked.remove(id);
    }

    private void requireReachable() {
        if (!reachable) {
            throw new TemporaryFailure("The store cannot be reached");
        }
    }
}
