package dev.hexmart.adapter.http.api.ordering;

import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
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
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The life of one order, or of several, as server-sent events: each entry of a history once.
 *
 * <p>The id of an event is the entry's version; where several orders are followed, it names the version that has been told of
 * each, as in {@code order:2,other:5}.
 *
 * <p>The stream ends after a while, or when the server is about to stop; who still wants to know comes back with the last
 * id that they have seen, as browsers do by themselves.
 */
final class OrderEvents implements Streaming {

    private final FollowOrder follow;
    private final SequencedMap<OrderId, Integer> seen;
    private final Caller caller;
    private final Rhythm rhythm;
    private final InstantSource clock;

    OrderEvents(
            FollowOrder follow,
            SequencedMap<OrderId, Integer> seen,
            Caller caller,
            Rhythm rhythm,
            InstantSource clock) {
        this.follow = follow;
        this.caller = caller;
        this.seen = new LinkedHashMap<>(seen);
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
        follow.follow(new LinkedHashMap<>(seen), caller, rhythm.look(), new Writer(out));
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
            seen.put(order.id(), version);
            send("id: " + id() + "\nevent: status\ndata: " + OrderJson.event(order, version, entry) + "\n\n");
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

        private String id() {
            return seen.size() == 1
                    ? seen.firstEntry().getValue().toString()
                    : seen.entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                            .collect(Collectors.joining(","));
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
