package dev.hexmart.application.transaction;

import java.util.ArrayList;
import java.util.List;

/** One run of one transaction on an {@link InMemoryDatabase}. */
public final class InMemoryTransaction implements AutoCloseable {

    private final InMemoryDatabase database;
    private final List<Rows<?, ?>> touched = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean open = true;

    InMemoryTransaction(InMemoryDatabase database) {
        this.database = database;
    }

    /** The rows of a table as this transaction sees them; to be asked for once a table. */
    public <K, V> Rows<K, V> rows(InMemoryTable<K, V> table) {
        Rows<K, V> rows = new Rows<>(this, database, table);
        touched.add(rows);
        return rows;
    }

    /**
     * Holds a name until the end of the transaction, and never waits.
     *
     * @return false where another transaction holds it
     */
    public boolean hold(Object name) {
        checkOpen();
        return database.hold(name, this);
    }

    /** Is to be run if, and only if, the transaction commits. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    boolean commit() {
        boolean committed = database.commit(touched);
        if (committed) {
            afterCommit.forEach(Runnable::run);
        }
        return committed;
    }

    @Override
    public void close() {
        open = false;
        database.releaseAllOf(this);
    }

    void checkOpen() {
        if (!open) {
            throw new IllegalStateException("The transaction has ended, and what it handed out is not to be used");
        }
    }
}
