package dev.hexmart.application.transaction;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.function.Function;

/** Runs works on an {@link InMemoryDatabase}, again where they got in each other's way. */
public final class InMemoryTransactor<S> implements Transactor<S> {

    private static final int ATTEMPTS = 100;

    private final InMemoryDatabase database;
    private final Function<InMemoryTransaction, S> store;

    InMemoryTransactor(InMemoryDatabase database, Function<InMemoryTransaction, S> store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public <R> R inTransaction(Function<? super S, ? extends R> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (InMemoryTransaction transaction = new InMemoryTransaction(database)) {
                R result = work.apply(store.apply(transaction));
                if (transaction.commit()) {
                    return result;
                }
            } catch (StaleVersion _) {
                // Another transaction was faster: the next attempt sees its changes.
            }
        }
        throw new TemporaryFailure("The store stays contended");
    }

    @Override
    public <R> R reading(Function<? super S, ? extends R> work) {
        // Never committed, so a change leaves no trace.
        try (InMemoryTransaction transaction = new InMemoryTransaction(database)) {
            return work.apply(store.apply(transaction));
        }
    }
}
