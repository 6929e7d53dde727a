package dev.hexmart.application.messaging;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A parking lot in memory. */
public final class InMemoryParkingLot implements ParkingLot {

    private final Map<UUID, ParkedMessage> parked = new ConcurrentHashMap<>();

    @Override
    public void park(ParkedMessage message) {
        parked.put(message.id(), message);
    }

    @Override
    public List<ParkedMessage> list(int limit) {
        return parked.values().stream()
                .sorted(Comparator.comparing(ParkedMessage::at).thenComparing(ParkedMessage::id))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<ParkedMessage> find(UUID id) {
        return Optional.ofNullable(parked.get(id));
    }

    @Override
    public void remove(UUID id) {
        parked.remove(id);
    }
}
