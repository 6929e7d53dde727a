package dev.hexmart.application.messaging;

import dev.hexmart.application.transaction.InMemoryTable;
import dev.hexmart.application.transaction.InMemoryTransaction;
import dev.hexmart.application.transaction.Rows;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outbox and the inbox of one context, as tables of its {@code InMemoryDatabase}. */
public final class InMemoryMailbox {

    private final InMemoryTable<UUID, Entry> unsent = new InMemoryTable<>();
    private final InMemoryTable<UUID, Entry> sent = new InMemoryTable<>();
    private final InMemoryTable<UUID, UUID> received = new InMemoryTable<>();
    private final AtomicLong sequence = new AtomicLong();
    private final InMemoryMessages messages;
    private final InstantSource clock;

    public InMemoryMailbox(InMemoryMessages messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
    }

    public Outbox outbox(InMemoryTransaction transaction) {
        Rows<UUID, Entry> rows = transaction.rows(unsent);
        return message -> {
            OutboxMessage envelope = messages.encode(message);
            long place = sequence.incrementAndGet();
            rows.put(envelope.id(), new Entry(envelope, place, clock.instant(), Instant.MIN));
        };
    }

    public Inbox inbox(InMemoryTransaction transaction) {
        Rows<UUID, UUID> rows = transaction.rows(received);
        return ids -> {
            Set<UUID> first = ids.stream().filter(id -> rows.find(id).isEmpty()).collect(Collectors.toSet());
            first.forEach(id -> rows.put(id, id));
            return first;
        };
    }

    public OutboxQueue queue(InMemoryTransaction transaction) {
        return new Queue(transaction, transaction.rows(unsent), transaction.rows(sent));
    }

    /** What waits to be sent by now, each order's in their order. */
    public List<Message> outgoing(Transactor<? extends OutboxQueue> queue) {
        return Unsent.in(queue, clock.instant()).stream().map(messages::decode).toList();
    }

    /** @param since when it was appended or, once it is sent, when that was */
    private record Entry(OutboxMessage message, long place, Instant since, Instant notBefore) {

        UUID id() {
            return message.id();
        }

        Entry sentAt(Instant at) {
            return new Entry(message, place, at, notBefore);
        }

        Entry putOffUntil(Instant until) {
            return new Entry(message, place, since, until);
        }
    }

    private static final class Queue implements OutboxQueue {

        private final InMemoryTransaction transaction;
        private final Rows<UUID, Entry> waiting;
        private final Rows<UUID, Entry> gone;

        Queue(InMemoryTransaction transaction, Rows<UUID, Entry> waiting, Rows<UUID, Entry> gone) {
            this.transaction = transaction;
            this.waiting = waiting;
            this.gone = gone;
        }

        @Override
        public List<OutboxMessage> claim(int limit, Instant now, Instant until) {
            Set<OrderId> seen = new HashSet<>();
            List<Entry> claimed = inOrder(waiting)
                    .filter(entry -> seen.add(entry.message().order()))
                    // Passed over where another claim is not committed yet; looked up anew, since it may just have
                    // been.
                    .filter(entry -> transaction.hold(entry.id()))
                    .flatMap(entry -> waiting.find(entry.id()).stream())
                    .filter(entry -> !entry.notBefore().isAfter(now))
                    .limit(limit)
                    .toList();
            claimed.forEach(entry -> waiting.put(entry.id(), entry.putOffUntil(until)));
            return claimed.stream().map(Entry::message).toList();
        }

        @Override
        public void markSent(Collection<UUID> ids, Instant at) {
            for (UUID id : ids) {
                Optional<Entry> entry = waiting.find(id);
                waiting.remove(id);
                entry.ifPresent(it -> gone.put(id, it.sentAt(at)));
            }
        }

        @Override
        public void putOff(Collection<UUID> ids, Instant until) {
            ids.forEach(id -> waiting.find(id).ifPresent(entry -> waiting.put(id, entry.putOffUntil(until))));
        }

        @Override
        public int forgetSentBefore(Instant time, int limit) {
            List<UUID> old = inOrder(gone)
                    .filter(entry -> entry.since().isBefore(time))
                    .limit(limit)
                    .map(Entry::id)
                    .toList();
            old.forEach(gone::remove);
            return old.size();
        }

        @Override
        public Backlog backlog(Instant now) {
            Collection<Entry> all = waiting.all();
            Duration age = all.stream()
                    .map(entry -> Duration.between(entry.since(), now))
                    .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
            return new Backlog(all.size(), age);
        }

        private static Stream<Entry> inOrder(Rows<UUID, Entry> rows) {
            return rows.all().stream().sorted(Comparator.comparingLong(Entry::place));
        }
    }
}
