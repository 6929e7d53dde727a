package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.transaction.Transactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does what a transactor does, and tells afterwards what was saved: what is rolled back, or run again, is not counted.
 *
 * @param noting gives a store that tells the consumer what is saved in it
 */
record CommittedChanges<S, T>(Transactor<S> transactor, BiFunction<S, Consumer<T>, S> noting, Consumer<T> committed)
        implements Transactor<S> {

    @Override
    public <R> R inTransaction(Function<? super S, ? extends R> work) {
        List<T> saved = new ArrayList<>();
        R result = transactor.inTransaction(store -> {
            saved.clear();
            return work.apply(noting.apply(store, saved::add));
        });
        saved.forEach(committed);
        return result;
    }

    @Override
    public <R> R reading(Function<? super S, ? extends R> work) {
        return transactor.reading(work);
    }
}
