package dev.hexmart.adapter.postgres.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.Gate;
import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.ParkingLotContract;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parked messages on a real PostgreSQL. */
class PostgresParkingLotTest extends ParkingLotContract {

    private Optional<PostgresDatabase> database = Optional.empty();

    @Override
    protected ParkingLot parkingLot() {
        return new PostgresParkingLot(TestServer.database("payment"));
    }

    @Override
    protected ParkingLot reopened() {
        return new PostgresParkingLot(TestServer.database("payment"));
    }

    @Override
    protected ParkingLot unreachable() throws IOException {
        try (Gate gate = new Gate(0)) {
            database = Optional.of(PostgresDatabase.open(gate.settings("payment")));
        }
        return new PostgresParkingLot(database.get());
    }

    @AfterEach
    void closeUnreachable() {
        database.ifPresent(PostgresDatabase::close);
    }

    @Test
    void invalidUtf8IsStoredAsReplacementCharacters() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-03-02T12:00:00Z");
        parkingLot().park(new ParkedMessage(id, "a\0b", "\0\ud800", Map.of("\0", "\udc00"), "\0 is no text", at));
        assertThat(parkingLot().find(id))
                .contains(new ParkedMessage(
                        id, "a\ufffdb", "\ufffd\ufffd", Map.of("\0", "\ufffd"), "\ufffd is no text", at));
        parkingLot().remove(id);
    }

    @Test
    void parkedMessagesAreCounted() {
        PostgresParkingLot parked = new PostgresParkingLot(TestServer.database("payment"));
        long before = parked.count();
        UUID id = UUID.randomUUID();
        parked.park(new ParkedMessage(id, "type", "body", Map.of(), "why", Instant.parse("2026-03-02T12:00:00Z")));
        assertThat(parked.count()).isEqualTo(before + 1);
        parked.remove(id);
        assertThat(parked.count()).isEqualTo(before);
    }
}
