package dev.hexmart.tools.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/** The latest ten thousand entries; the eldest makes room for the next. */
final class Latest<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
    }
}
