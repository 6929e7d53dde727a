package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    @Test
    void anIdIsAVersionSevenUuidOfItsMillisecond() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
        UUID id = new TimeOrderedIds(() -> now).get();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        TimeOrderedIds ids = new TimeOrderedIds(() -> Instant.EPOCH);
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(ids.get())).isTrue();
        }
    }
}
