package dev.hexmart.application.transaction;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One table as one transaction sees it: what is committed, and on top of that its own changes. */
public final class Rows<K, V> {

    private final InMemoryTransaction transaction;
    private final InMemoryDatabase database;
    private final InMemoryTable<K, V> table;
    private final Map<K, Optional<V>> seen = new HashMap<>();
    private final Map<K, Optional<V>> written = new LinkedHashMap<>();

    Rows(InMemoryTransaction transaction, InMemoryDatabase database, InMemoryTable<K, V> table) {
        this.transaction = transaction;
        this.database = database;
        this.table = table;
    }

    public Optional<V> find(K key) {
        transaction.checkOpen();
        Optional<V> first = seen.computeIfAbsent(key, table::find);
        return written.getOrDefault(key, first);
    }

    public void put(K key, V row) {
        Optional<V> before = find(key);
        if (!before.equals(Optional.of(row))) {
            written.put(key, Optional.of(row));
        }
    }

    public void remove(K key) {
        if (find(key).isPresent()) {
            written.put(key, Optional.empty());
        }
    }

    /** All rows, in no particular order. What is only seen this way may have changed when the transaction commits. */
    public Collection<V> all() {
        transaction.checkOpen();
        Map<K, V> rows = database.copyOf(table);
        written.forEach((key, row) -> row.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key)));
        return rows.values();
    }

    boolean isUnchanged() {
        return written.isEmpty();
    }

    boolean isStale() {
        return seen.entrySet().stream()
                .anyMatch(entry -> !table.find(entry.getKey()).equals(entry.getValue()));
    }

    void apply() {
        written.forEach(table::set);
    }
}
