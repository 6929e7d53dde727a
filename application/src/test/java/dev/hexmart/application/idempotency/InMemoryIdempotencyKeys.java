package dev.hexmart.application.idempotency;

import dev.hexmart.application.transaction.InMemoryTable;
import dev.hexmart.application.transaction.InMemoryTransaction;
import dev.hexmart.application.transaction.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Idempotency keys in memory, for one transaction. */
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {

    private final InMemoryTransaction transaction;
    private final Rows<OperationKey, Entry> entries;

    public InMemoryIdempotencyKeys(InMemoryTransaction transaction, InMemoryTable<OperationKey, Entry> table) {
        this.transaction = transaction;
        this.entries = transaction.rows(table);
    }

    /** A key that was claimed. */
    public record Entry(OperationKey key, Fingerprint request, Instant claimedAt, Optional<String> answer) {}

    @Override
    public Claim claim(OperationKey key, Fingerprint request, Instant now) {
        if (!transaction.hold(key)) {
            return new Claim.InFlight();
        }
        Optional<Entry> present = entries.find(key);
        if (present.isPresent() && !present.get().request().equals(request)) {
            return new Claim.OtherRequest();
        }
        if (present.isPresent() && present.get().answer().isPresent()) {
            return new Claim.Answered(present.get().answer().get());
        }
        if (present.isPresent() && now.isBefore(present.get().claimedAt().plus(LEASE))) {
            return new Claim.InFlight();
        }
        entries.put(key, new Entry(key, request, now, Optional.empty()));
        return new Claim.Granted();
    }

    @Override
    public Claim claim(OperationKey key, Fingerprint request, Instant now, String answer) {
        Claim claim = claim(key, request, now);
        if (claim instanceof Claim.Granted) {
            answer(key, answer);
        }
        return claim;
    }

    @Override
    public Look look(OperationKey key, Fingerprint request) {
        Optional<Entry> present = entries.find(key);
        if (present.isPresent() && !present.get().request().equals(request)) {
            return new Look.OtherRequest();
        }
        return present.flatMap(Entry::answer).<Look>map(Look.Answered::new).orElseGet(Look.Unanswered::new);
    }

    @Override
    public void answer(OperationKey key, String answer) {
        Entry claimed = entries.find(key).orElseThrow();
        entries.put(key, new Entry(key, claimed.request(), claimed.claimedAt(), Optional.of(answer)));
    }

    @Override
    public void release(OperationKey key) {
        if (entries.find(key).flatMap(Entry::answer).isEmpty()) {
            entries.remove(key);
        }
    }

    @Override
    public int forgetBefore(Instant time, int limit) {
        List<OperationKey> old = entries.all().stream()
                .filter(entry -> entry.claimedAt().isBefore(time))
                .limit(limit)
                .map(Entry::key)
                .toList();
        old.forEach(entries::remove);
        return old.size();
    }
}
