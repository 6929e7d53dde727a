package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.transaction.Transactor;
import io.opentelemetry.context.Context;
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
        List<Runnable> saved = new ArrayList<>();
        R result = transactor.inTransaction(store -> {
            saved.clear();
            return work.apply(noting.apply(store, changed -> saved.add(told(changed))));
        });
        saved.forEach(Runnable::run);
        return result;
    }

    /** In the trace in which it was saved, of which one transaction may have several. */
    private Runnable told(T changed) {
        return Context.current().wrap(() -> committed.accept(changed));
    }

    @Override
    public <R> R reading(Function<? super S, ? extends R> work) {
        return transactor.reading(work);
    }
}
