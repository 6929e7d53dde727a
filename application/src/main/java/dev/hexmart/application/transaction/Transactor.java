package dev.hexmart.application.transaction;

import java.util.function.Function;

/**
 * Driven port: does a piece of work in one transaction.
 *
 * @param <S> what the work can reach inside the transaction, such as the repositories of one context
 */
public interface Transactor<S> {

    /**
     * Runs the work and commits, or leaves no trace of it.
     *
     * <ul>
     *   <li>When the work returns, all of its changes are visible to all transactions and survive a restart, and its result is
     *       returned. When it throws, none of them ever is, and the exception is passed on.
     *   <li>What another transaction has not committed is not visible in this one.
     *   <li>When two transactions get in each other's way (a stale version, a deadlock), the work of one is run again from
     *       its beginning, a limited number of times. So the work does nothing but compute and use {@code S}: no I/O of
     *       its own, and nothing that must not happen twice.
     *   <li>The store that the work is handed is not to be used after the work has ended, nor by another thread.
     * </ul>
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure when the store cannot be reached or stays contended; the
     *     changes were not made, or, if the connection was lost in the commit itself, it is not known whether they were
     */
    <R> R inTransaction(Function<? super S, ? extends R> work);

    /**
     * Runs work that only reads, without a transaction around it: a commit has its price, and a single read needs none.
     *
     * <ul>
     *   <li>Each read sees what is committed when it is executed; two reads of one work may see two different states.
     *   <li>A change is refused with an {@link IllegalStateException}, or leaves no trace.
     *   <li>The store that the work is handed is not to be used after the work has ended, nor by another thread.
     * </ul>
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure when the store cannot be reached
     */
    <R> R reading(Function<? super S, ? extends R> work);
}
