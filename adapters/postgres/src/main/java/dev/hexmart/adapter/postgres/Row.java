package dev.hexmart.adapter.postgres;

import io.helidon.dbclient.DbRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One row of an answer, its columns read as what the core calls them. */
public final class Row {

    private final DbRow row;

    Row(DbRow row) {
        this.row = row;
    }

    public UUID uuid(String column) {
        return find(column, UUID.class).orElseThrow();
    }

    public String text(String column) {
        return find(column, String.class).orElseThrow();
    }

    public Optional<String> findText(String column) {
        return find(column, String.class);
    }

    public int integer(String column) {
        return find(column, Integer.class).orElseThrow();
    }

    public long bigint(String column) {
        return find(column, Long.class).orElseThrow();
    }

    public boolean bool(String column) {
        return find(column, Boolean.class).orElseThrow();
    }

    public Instant instant(String column) {
        return findInstant(column).orElseThrow();
    }

    /** By way of {@link Timestamp}, the one type that DbClient reads a {@code timestamptz} as. */
    public Optional<Instant> findInstant(String column) {
        return find(column, Timestamp.class).map(Timestamp::toInstant);
    }

    public <E extends Enum<E>> E constant(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }

    private <T> Optional<T> find(String column, Class<T> type) {
        return Optional.ofNullable(row.column(column).get(type));
    }
}
