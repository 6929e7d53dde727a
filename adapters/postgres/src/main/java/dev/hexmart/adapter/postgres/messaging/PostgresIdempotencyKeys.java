package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.idempotency.OperationKey;
import java.time.Instant;
import java.util.Optional;

/** The idempotency keys of one context, in one transaction. */
public final class PostgresIdempotencyKeys implements IdempotencyKeys {

    private final Sql sql;

    public PostgresIdempotencyKeys(Sql sql) {
        this.sql = sql;
    }

    /**
     * Two claims of one key would wait for each other at the primary key. So each first tries a lock on the key that ends
     * with its transaction: a transaction that does not get it knows that another one holds it, without waiting.
     *
     * <p>An unused key is locked and claimed by one statement. Otherwise the row is read by a further one, which
     * sees all that had been committed when the lock was got.
     */
    @Override
    public Claim claim(OperationKey key, Fingerprint request, Instant now) {
        return claim(key, request, now, Optional.empty());
    }

    @Override
    public Claim claim(OperationKey key, Fingerprint request, Instant now, String answer) {
        return claim(key, request, now, Optional.of(answer));
    }

    private Claim claim(OperationKey key, Fingerprint request, Instant now, Optional<String> answer) {
        if (claimUnused(key, request, now, answer)) {
            return new Claim.Granted();
        }
        boolean alone = tryLock(key);
        Optional<Entry> present = find(key);
        if (present.isEmpty()) {
            return alone ? grant(key, request, now, answer) : new Claim.InFlight();
        }
        Entry entry = present.get();
        if (!entry.request().equals(request)) {
            return new Claim.OtherRequest();
        }
        if (entry.answer().isPresent()) {
            return new Claim.Answered(entry.answer().get());
        }
        boolean leaseEnded = !now.isBefore(entry.claimedAt().plus(LEASE));
        return alone && leaseEnded ? grant(key, request, now, answer) : new Claim.InFlight();
    }

    @Override
    public Look look(OperationKey key, Fingerprint request) {
        return find(key).map(entry -> look(entry, request)).orElseGet(Look.Unanswered::new);
    }

    @Override
    public void answer(OperationKey key, String answer) {
        // The first answer stands, should two owners of one claim have answered.
        onKey("""
            UPDATE idempotency_key SET answer = :answer
            WHERE (caller_tenant, caller_object, operation, value) = (:tenant, :object, :operation, :value)
              AND answer IS NULL
            """, key).with("answer", answer).update();
    }

    @Override
    public void release(OperationKey key) {
        onKey("""
            DELETE FROM idempotency_key
            WHERE (caller_tenant, caller_object, operation, value) = (:tenant, :object, :operation, :value)
              AND answer IS NULL
            """, key).update();
    }

    @Override
    public int forgetBefore(Instant time, int limit) {
        return sql.statement("""
            DELETE FROM idempotency_key
            WHERE (caller_tenant, caller_object, operation, value) IN (
                SELECT caller_tenant, caller_object, operation, value FROM idempotency_key
                WHERE claimed_at < :time
                ORDER BY claimed_at
                LIMIT :limit
                FOR UPDATE SKIP LOCKED)
            """).with("time", time).with("limit", limit).update();
    }

    private boolean claimUnused(OperationKey key, Fingerprint request, Instant now, Optional<String> answer) {
        int claimed = onKey("""
            INSERT INTO idempotency_key (caller_tenant, caller_object, operation, value, fingerprint, claimed_at, answer)
            SELECT :tenant, :object, :operation, :value, :fingerprint, :now, CAST(:answer AS text)
            WHERE pg_try_advisory_xact_lock(hashtextextended(
                current_schema() || ' ' || :tenant || ' ' || :object || ' ' || :operation || ' ' || :value, 0))
            ON CONFLICT (caller_tenant, caller_object, operation, value) DO NOTHING
            """, key)
                .with("fingerprint", request.sha256())
                .with("now", now)
                .with("answer", answer)
                .update();
        return claimed == 1;
    }

    private boolean tryLock(OperationKey key) {
        return onKey("""
            SELECT pg_try_advisory_xact_lock(hashtextextended(
                current_schema() || ' ' || :tenant || ' ' || :object || ' ' || :operation || ' ' || :value, 0))
                AS locked
            """, key).one(row -> row.bool("locked"));
    }

    private Optional<Entry> find(OperationKey key) {
        return onKey("""
            SELECT fingerprint, claimed_at, answer FROM idempotency_key
            WHERE (caller_tenant, caller_object, operation, value) = (:tenant, :object, :operation, :value)
            """, key).first(Entry::of);
    }

    private Claim grant(OperationKey key, Fingerprint request, Instant now, Optional<String> answer) {
        onKey("""
            INSERT INTO idempotency_key (caller_tenant, caller_object, operation, value, fingerprint, claimed_at, answer)
            VALUES (:tenant, :object, :operation, :value, :fingerprint, :now, :answer)
            ON CONFLICT (caller_tenant, caller_object, operation, value)
            DO UPDATE SET fingerprint = excluded.fingerprint, claimed_at = excluded.claimed_at, answer = excluded.answer
            """, key)
                .with("fingerprint", request.sha256())
                .with("now", now)
                .with("answer", answer)
                .update();
        return new Claim.Granted();
    }

    private Sql.Statement onKey(String text, OperationKey key) {
        return sql.statement(text)
                .with("tenant", key.caller().tenant())
                .with("object", key.caller().object())
                .with("operation", key.operation())
                .with("value", key.key().value());
    }

    private static Look look(Entry entry, Fingerprint request) {
        if (!entry.request().equals(request)) {
            return new Look.OtherRequest();
        }
        return entry.answer().<Look>map(Look.Answered::new).orElseGet(Look.Unanswered::new);
    }

    private record Entry(Fingerprint request, Instant claimedAt, Optional<String> answer) {

        static Entry of(Row row) {
            return new Entry(
                    new Fingerprint(row.text("fingerprint")), row.instant("claimed_at"), row.findText("answer"));
        }
    }
}
