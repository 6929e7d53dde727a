package dev.hexmart.application.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The committed rows of one kind; the rows themselves never change, they are replaced. */
public final class InMemoryTable<K, V> {

    private final Map<K, V> committed = new ConcurrentHashMap<>();

    Optional<V> find(K key) {
        return Optional.ofNullable(committed.get(key));
    }

    void set(K key, Optional<V> row) {
        row.ifPresentOrElse(value -> committed.put(key, value), () -> committed.remove(key));
    }

    Map<K, V> copy() {
        return new HashMap<>(committed);
    }
}
