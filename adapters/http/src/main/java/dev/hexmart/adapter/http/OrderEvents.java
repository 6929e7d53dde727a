package dev.hexmart.adapter.http;

import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.OrderId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An order's life as server-sent events: each entry of its history once, under its version as the event's id.
 *
 * <p>The stream ends after a while, or when the server is about to stop; who still wants to know comes back with the last
 * id that they have seen, as browsers do by themselves.
 */
final class OrderEvents implements Streaming {

    private final FollowOrder follow;
    private final OrderId order;
    private final Caller caller;
    private final int seen;
    private final Rhythm rhythm;
    private final InstantSource clock;

    OrderEvents(FollowOrder follow, OrderId order, Caller caller, int seen, Rhythm rhythm, InstantSource clock) {
        this.follow = follow;
        this.order = order;
        this.caller = caller;
        this.seen = seen;
        this.rhythm = rhythm;
        this.clock = clock;
    }

    /**
     * How often things are done.
     *
     * @param look at least that often is looked whether to go on
     * @param ping how often something is sent where nothing happens, so that a client who is gone is noticed
     * @param life after how long the stream ends
     */
    record Rhythm(Duration look, Duration ping, Duration life) {

        static final Rhythm DEFAULT = new Rhythm(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMinutes(10));
    }

    @Override
    public void writeTo(ResponseStream out) throws IOException {
        out.send("retry: 1000\n\n");
        follow.follow(order, caller, seen, rhythm.look(), new Writer(out));
    }

    private final class Writer implements FollowOrder.Listener {

        private final ResponseStream out;
        private final Instant end = clock.instant().plus(rhythm.life());
        private Instant nextPing = clock.instant().plus(rhythm.ping());

        Writer(ResponseStream out) {
            this.out = out;
        }

        @Override
        public void entry(Order order, int version, HistoryEntry entry) {
            send("id: " + version + "\nevent: status\ndata: " + OrderJson.event(order, version, entry) + "\n\n");
        }

        @Override
        public boolean wantsMore() {
            Instant now = clock.instant();
            if (!now.isBefore(nextPing)) {
                send("event: ping\ndata: {}\n\n");
                nextPing = now.plus(rhythm.ping());
            }
            return out.isOpen() && now.isBefore(end);
        }

        private void send(String text) {
            try {
                out.send(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
