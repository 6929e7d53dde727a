package dev.hexmart.adapter.postgres;

import dev.hexmart.application.failure.InfrastructureFailure;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Executes statements, in one transaction or each by itself.
 *
 * <p>Statements come and go whole: DbClient hands out rows as a stream that holds the connection until it is closed, so none
 * leaves this class.
 */
public final class Sql {

    private final DbExecute database;
    private final StatementObserver observer;
    private final boolean changing;
    private final Set<Announcements.Announcement> announced = new LinkedHashSet<>();
    private final LinkedHashSet<Pending<?>> unwritten = new LinkedHashSet<>();
    private boolean writing;
    private boolean begun;
    private Optional<RuntimeException> failure = Optional.empty();

    private Sql(DbExecute database, StatementObserver observer, boolean changing) {
        this.database = database;
        this.observer = observer;
        this.changing = changing;
    }

    /** Statements of one transaction. */
    static Sql changing(DbTransaction transaction, StatementObserver observer) {
        return new Sql(transaction, observer, true);
    }

    /** Queries, each by itself; {@link Statement#update} is refused. */
    static Sql reading(DbExecute database, StatementObserver observer) {
        return new Sql(database, observer, false);
    }

    /** @param text with its parameters as {@code :name}; casts are to be written {@code CAST(:name AS type)} */
    public Statement statement(String text) {
        return new Statement(text);
    }

    /** Notifies the topic's listeners in all processes after the commit, without a statement in the transaction. */
    public void announce(Topic topic, String payload) {
        announced.add(new Announcements.Announcement(topic, payload));
    }

    /**
     * Rows that are collected, and written by one statement: before the next other statement of the transaction, at the latest
     * before its commit.
     *
     * @param writing is handed the rows, in the order in which they were added
     */
    public <T> Pending<T> pending(Consumer<? super List<T>> writing) {
        return pending(_ -> new Object(), writing);
    }

    /** @param key of which no two rows are written by one statement: the row before is written first */
    public <T> Pending<T> pending(Function<? super T, ?> key, Consumer<? super List<T>> writing) {
        return new Pending<>(key, writing);
    }

    /** Rows to be written. */
    public final class Pending<T> {

        private final Function<? super T, ?> key;
        private final Consumer<? super List<T>> writing;
        private Map<Object, T> rows = new LinkedHashMap<>();

        private Pending(Function<? super T, ?> key, Consumer<? super List<T>> writing) {
            this.key = key;
            this.writing = writing;
        }

        public void add(T row) {
            requireTransaction();
            Object rowKey = key.apply(row);
            if (rows.containsKey(rowKey)) {
                writePending();
            }
            rows.put(rowKey, row);
            unwritten.add(this);
        }

        private void write() {
            List<T> taken = List.copyOf(rows.values());
            rows = new LinkedHashMap<>();
            writing.accept(taken);
        }
    }

    /** Writes pending statements in their order. */
    void writePending() {
        if (writing) {
            return;
        }
        writing = true;
        try {
            while (!unwritten.isEmpty()) {
                unwritten.removeFirst().write();
            }
        } finally {
            writing = false;
        }
    }

    private void requireTransaction() {
        if (!changing) {
            throw new IllegalStateException("A change needs a transaction");
        }
    }

    Set<Announcements.Announcement> announced() {
        return announced;
    }

    /** Whether there has been a statement: DbClient's transaction begins with the first, and without one has nothing to end. */
    boolean hasBegun() {
        return begun;
    }

    /**
     * A statement that fails dooms its transaction, and to a commit the server then answers with a rollback that the driver
     * does not tell from a commit. So a caught failure is thrown again at the end.
     */
    void throwFailure() {
        failure.ifPresent(it -> {
            throw it;
        });
    }

    private <R> R execute(String text, Supplier<R> statement) {
        writePending();
        StatementObserver.Observation observation = observer.begin(text);
        Optional<Throwable> reason = Optional.empty();
        begun = true;
        try {
            return statement.get();
        } catch (DbClientException e) {
            reason = Optional.of(e);
            RuntimeException meaning = Failures.of(e);
            failure = Optional.of(meaning);
            throw meaning;
        } catch (InfrastructureFailure e) {
            // The pool's word, when the first statement asks it for a connection: nothing has begun.
            reason = Optional.of(e);
            begun = false;
            throw e;
        } finally {
            observation.end(reason);
        }
    }

    /** One statement and its parameters. */
    public final class Statement {

        private final String text;
        private final Map<String, Object> parameters = new HashMap<>();

        private Statement(String text) {
            this.text = text;
        }

        public Statement with(String name, Object value) {
            parameters.put(name, bindable(value));
            return this;
        }

        /** SQL's null for an empty one. */
        public Statement with(String name, Optional<?> value) {
            parameters.put(name, value.map(Sql::bindable).orElse(null));
            return this;
        }

        /** An array of texts, to be cast to whatever it is an array of; an empty {@link Optional} in it is SQL's null. */
        public Statement with(String name, Collection<?> values) {
            parameters.put(name, array(values));
            return this;
        }

        /** Returns how many rows were inserted, updated or deleted. */
        public int update() {
            requireTransaction();
            return execute(
                    text,
                    () -> Math.toIntExact(
                            database.createDmlStatement(text).params(parameters).execute()));
        }

        public <R> List<R> list(Function<? super Row, ? extends R> mapping) {
            return execute(text, () -> {
                try (Stream<DbRow> rows =
                        database.createQuery(text).params(parameters).execute()) {
                    return rows.<R>map(row -> mapping.apply(new Row(row))).toList();
                }
            });
        }

        public <R> Optional<R> first(Function<? super Row, ? extends R> mapping) {
            return this.<R>list(mapping).stream().findFirst();
        }

        /** For statements that always have exactly one row. */
        public <R> R one(Function<? super Row, ? extends R> mapping) {
            return this.<R>list(mapping).getFirst();
        }
    }

    /** Null where there is an empty {@link Optional}. */
    private static String[] array(Collection<?> values) {
        String[] array = new String[values.size()];
        int place = 0;
        for (Object value : values) {
            Optional<?> present = value instanceof Optional<?> optional ? optional : Optional.of(value);
            if (present.isPresent()) {
                array[place] = String.valueOf(bindable(present.get()));
            }
            place++;
        }
        return array;
    }

    private static Object bindable(Object value) {
        return switch (value) {
            case UUID id -> id.toString();
            case Enum<?> constant -> constant.name();
            // The server keeps microseconds and would round up, so that something may seem to happen after its own end.
            case Instant time -> time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            case String text -> storable(text);
            default -> value;
        };
    }

    /** PostgreSQL's texts cannot hold NUL, and half a surrogate pair is no character: both become replacement characters. */
    private static String storable(String text) {
        if (text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
