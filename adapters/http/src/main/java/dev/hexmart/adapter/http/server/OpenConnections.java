package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.RateLimits;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a server's open connections, in all and by address, so that one address can't take all there are. */
final class OpenConnections {

    /** From which share of its connections on a server is nearly full. */
    private static final double NEARLY_FULL = 0.75;

    private final int most;
    private final RateLimits limits;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** @param most how many the server takes */
    OpenConnections(int most, RateLimits limits) {
        this.most = most;
        this.limits = limits;
    }

    /** Counts one more connection. */
    Place take(InetAddress peer) {
        String address = RateLimits.network(peer);
        open.incrementAndGet();
        int ofAddress = byAddress.merge(address, 1, Integer::sum);
        return new Place(address, ofAddress > limits.connections(peer));
    }

    int count() {
        return open.get();
    }

    boolean nearlyFull() {
        return open.get() > most * NEARLY_FULL;
    }

    /** One connection, until it is closed. */
    final class Place implements AutoCloseable {

        private final String address;
        private final boolean tooMany;

        private Place(String address, boolean tooMany) {
            this.address = address;
            this.tooMany = tooMany;
        }

        /** What counts as the address that it comes from. */
        String address() {
            return address;
        }

        /** Whether the address had all that it may have when this one was opened. */
        boolean tooMany() {
            return tooMany;
        }

        @Override
        public void close() {
            open.decrementAndGet();
            byAddress.computeIfPresent(address, (_, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
        }
    }
}
