package dev.hexmart.adapter.postgres;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.application.transaction.Transactor;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Does a piece of work in one database transaction, and again where it met another one.
 *
 * <p>Read committed is enough here. Whatever is decided upon is either locked before it is read ({@code FOR UPDATE}: stock,
 * reservations) or written under the version that was read ({@code WHERE version = …}: products, orders, payments), and what
 * must be there once has a primary key. So nothing that was read can have changed by the time that it is relied upon, which
 * is all that a stricter level would add, at the price of failures where nothing was at stake. What a stricter level would
 * give for free, and is therefore to be heeded: every statement sees a snapshot of its own, so an aggregate that is read by
 * several statements reads its parts as of the version that the first one saw.
 *
 * @param <S> what the work can reach
 */
public final class PostgresTransactor<S> implements Transactor<S> {

    private static final int RUNS = 10;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(4);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(256);

    private final PostgresDatabase database;
    private final Function<? super Sql, ? extends S> store;

    /** @param store makes what the work of one transaction can reach */
    public PostgresTransactor(PostgresDatabase database, Function<? super Sql, ? extends S> store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public <R> R inTransaction(Function<? super S, ? extends R> work) {
        for (int run = 1; ; run++) {
            try {
                return runOnce(work);
            } catch (StaleVersion | Contention e) {
                if (run == RUNS) {
                    throw new TemporaryFailure("Others were faster " + RUNS + " times in a row: " + e.getMessage(), e);
                }
            }
            pauseAfter(run);
        }
    }

    @Override
    public <R> R reading(Function<? super S, ? extends R> work) {
        return work.apply(store.apply(Sql.reading(database.client().execute(), database.observer())));
    }

    private <R> R runOnce(Function<? super S, ? extends R> work) {
        DbTransaction transaction = database.client().transaction();
        Sql sql = Sql.changing(transaction, database.observer());
        R result;
        try {
            result = work.apply(store.apply(sql));
            sql.writePending();
            sql.throwFailure();
        } catch (Throwable failure) {
            rollBack(transaction, sql, failure);
            throw failure;
        }
        if (sql.hasBegun()) {
            try {
                commit(transaction, database.observer());
            } finally {
                // Also where it is not known whether the commit succeeded.
                database.announcements().committed(sql.announced());
            }
        }
        return result;
    }

    /** DbClient gives the connection back whether or not the commit succeeds. */
    private static void commit(DbTransaction transaction, StatementObserver observer) {
        StatementObserver.Observation observation = observer.begin("COMMIT");
        Optional<Throwable> reason = Optional.empty();
        try {
            transaction.commit();
        } catch (DbClientException e) {
            reason = Optional.of(e);
            throw Failures.ofCommit(e);
        } finally {
            observation.end(reason);
        }
    }

    private static void rollBack(DbTransaction transaction, Sql sql, Throwable failure) {
        if (!sql.hasBegun()) {
            return;
        }
        try {
            transaction.rollback();
        } catch (DbClientException e) {
            // A query that fails has given the connection back already, and the pool has rolled it back.
            failure.addSuppressed(e);
        }
    }

    /** Random, so that two that met do not meet again. */
    private static void pauseAfter(int run) {
        long longest = Math.min(SHORTEST_PAUSE.toMillis() << run, LONGEST_PAUSE.toMillis());
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("Interrupted before the transaction could be retried", e);
        }
    }
}
