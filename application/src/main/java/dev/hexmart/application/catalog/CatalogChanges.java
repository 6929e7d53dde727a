package dev.hexmart.application.catalog;

import dev.hexmart.domain.shared.ProductId;

/** Driven port: notifies of each committed change of the catalog, for the invalidation of caches. */
public interface CatalogChanges {

    /**
     * From now on the listener is told of each change that is committed: by this process before the transaction returns, by
     * another one within moments. A transaction that is rolled back is not told.
     */
    void follow(Listener listener);

    /**
     * Whether the changes of other processes are heard at this time.
     *
     * <p>False from the start until they are, and during an outage. When it becomes true again, the listeners have been told
     * that anything may have changed. An outage that was not noticed yet is not known here either, so what is kept must
     * have an end of its own.
     */
    boolean isComplete();

    /** A cache of what was read; its methods return at once, on any thread. */
    interface Listener {

        /** The number of pieces of the product that can be sold is another one. */
        void stockChanged(ProductId product);

        /** Anything else has changed, or may have: products, their texts and prices, categories and their names. */
        void anythingChanged();
    }
}
