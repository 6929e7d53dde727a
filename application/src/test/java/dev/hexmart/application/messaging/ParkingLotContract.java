package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.transaction.AtOnce;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ParkingLot} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ParkingLotContract {

    private static final int ALL = 100_000;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final UUID third = UUID.randomUUID();

    protected abstract ParkingLot parkingLot();

    /** Another one on the same store, as there is one after a restart. */
    protected abstract ParkingLot reopened();

    /** One whose store cannot be reached. */
    protected abstract ParkingLot unreachable() throws IOException;

    @AfterEach
    void removeWhatIsLeft() {
        List.of(first, second, third).forEach(parkingLot()::remove);
    }

    @Test
    void parkedMessageIsFoundUnchanged() {
        ParkedMessage message = new ParkedMessage(
                first,
                "dev.hexmart.something.unheard-of",
                "{\"not\": \"quite JSON, \uFFFD and ünïcödé\n",
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x", ""),
                "Unknown type",
                NOON);
        parkingLot().park(message);
        assertThat(parkingLot().find(first)).contains(message);
    }

    @Test
    void parkedMessageSurvivesARestart() {
        ParkedMessage message = parked(first, NOON, "why");
        parkingLot().park(message);
        assertThat(reopened().find(first)).contains(message);
    }

    @Test
    void aLargeBodyIsKeptWhole() {
        ParkedMessage message =
                new ParkedMessage(first, "type", "x".repeat(256 * 1024), Map.of(), "Too large to understand", NOON);
        parkingLot().park(message);
        assertThat(parkingLot().find(first)).contains(message);
    }

    @Test
    void unknownParkedMessageIsNotFound() {
        assertThat(parkingLot().find(first)).isEmpty();
    }

    @Test
    void aDeliveryThatIsParkedTwiceIsKeptOnceWithTheLaterReason() {
        parkingLot().park(parked(first, NOON, "the first reason"));
        parkingLot().park(parked(first, NOON.plusSeconds(1), "the second reason"));
        assertThat(mine(ALL)).hasSize(1).extracting(ParkedMessage::reason).containsExactly("the second reason");
    }

    @Test
    void theOldestComeFirst() {
        parkingLot().park(parked(second, NOON.plusSeconds(2), "why"));
        parkingLot().park(parked(third, NOON.plusSeconds(3), "why"));
        parkingLot().park(parked(first, NOON.plusSeconds(1), "why"));
        assertThat(mine(ALL)).extracting(ParkedMessage::id).containsExactly(first, second, third);
    }

    @Test
    void noMoreAreListedThanOneAsksFor() {
        parkingLot().park(parked(first, NOON, "why"));
        parkingLot().park(parked(second, NOON, "why"));
        assertThat(parkingLot().list(1)).hasSize(1);
    }

    @Test
    void removedMessageIsDeleted() {
        parkingLot().park(parked(first, NOON, "why"));
        parkingLot().park(parked(second, NOON, "why"));
        parkingLot().remove(first);
        assertThat(parkingLot().find(first)).isEmpty();
        assertThat(mine(ALL)).extracting(ParkedMessage::id).containsExactly(second);
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        parkingLot().remove(first);
        assertThat(parkingLot().find(first)).isEmpty();
    }

    @Test
    void anUnreachableStoreIsATemporaryFailure() throws IOException {
        ParkingLot away = unreachable();
        List<Consumer<ParkingLot>> calls = List.of(
                lot -> lot.park(parked(first, NOON, "why")),
                lot -> lot.list(ALL),
                lot -> lot.find(first),
                lot -> lot.remove(first));
        // At the same time, since each may wait for a connection.
        List<Throwable> failures = AtOnce.times(
                calls.size(), i -> () -> catchThrowable(() -> calls.get(i).accept(away)));
        assertThat(failures).hasSize(4).hasOnlyElementsOfType(TemporaryFailure.class);
        assertThat(parkingLot().find(first)).isEmpty();
    }

    private List<ParkedMessage> mine(int limit) {
        List<UUID> ids = List.of(first, second, third);
        return parkingLot().list(limit).stream()
                .filter(message -> ids.contains(message.id()))
                .toList();
    }

    private static ParkedMessage parked(UUID id, Instant at, String reason) {
        return new ParkedMessage(id, "dev.hexmart.stock.reserve", "{}", Map.of("a", "b"), reason, at);
    }
}
