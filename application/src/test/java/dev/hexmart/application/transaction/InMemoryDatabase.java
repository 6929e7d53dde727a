package dev.hexmart.application.transaction;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tables in memory, and transactions that are isolated, roll back and get in each other's way as a real database's do.
 *
 * <p>A transaction keeps its changes to itself. It commits only if every row that it has looked up or written is still
 * what it was then; otherwise it is run again.
 */
public final class InMemoryDatabase {

    private final Map<Object, InMemoryTransaction> held = new ConcurrentHashMap<>();

    /** A transactor that hands its works what this makes of a transaction. */
    public <S> Transactor<S> transactor(Function<InMemoryTransaction, S> store) {
        return new InMemoryTransactor<>(this, store);
    }

    /** Whether the transaction has the name to itself, from now on or already, until it ends. */
    boolean hold(Object name, InMemoryTransaction transaction) {
        InMemoryTransaction holder = held.putIfAbsent(name, transaction);
        return holder == null || holder.equals(transaction);
    }

    void releaseAllOf(InMemoryTransaction transaction) {
        held.values().removeIf(transaction::equals);
    }

    synchronized boolean commit(List<Rows<?, ?>> touched) {
        if (touched.stream().allMatch(Rows::isUnchanged)) {
            return true;
        }
        if (touched.stream().anyMatch(Rows::isStale)) {
            return false;
        }
        touched.forEach(Rows::apply);
        return true;
    }

    synchronized <K, V> Map<K, V> copyOf(InMemoryTable<K, V> table) {
        return table.copy();
    }
}
