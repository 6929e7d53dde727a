package dev.hexmart.application.catalog;

import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells those who follow the catalog in this process. */
public final class InMemoryCatalogChanges implements CatalogChanges {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean complete = true;

    @Override
    public void follow(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** Other processes are no longer heard. */
    public void interrupt() {
        complete = false;
    }

    /** Other processes are heard again. */
    public void resume() {
        tellOfAnything();
        complete = true;
    }

    public void tellOfStock(ProductId product) {
        listeners.forEach(listener -> listener.stockChanged(product));
    }

    public void tellOfAnything() {
        listeners.forEach(Listener::anythingChanged);
    }
}
