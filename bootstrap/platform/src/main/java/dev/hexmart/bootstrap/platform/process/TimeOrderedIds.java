package dev.hexmart.bootstrap.platform.process;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Fresh UUIDs of version 7 (RFC 9562): the millisecond first, then 74 random bits.
 *
 * <p>Ascending in time, so that indexes over them grow at one end; unguessable all the same.
 */
public final class TimeOrderedIds implements Supplier<UUID> {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public TimeOrderedIds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public UUID get() {
        long high = (clock.millis() << 16) | VERSION | (random.nextLong() & 0x0fffL);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
