package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.Topic;
import dev.hexmart.application.catalog.CatalogChanges;
import dev.hexmart.domain.shared.ProductId;

/** Word of changes of the catalog, by the announcement of each transaction that makes one. */
public final class PostgresCatalogChanges implements CatalogChanges {

    private static final String ANYTHING = "";

    private final Notifications notifications;

    public PostgresCatalogChanges(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public void follow(Listener listener) {
        notifications.add(Topic.CATALOG, new Notifications.Listener() {
            @Override
            public void noticed(String payload) {
                if (payload.equals(ANYTHING)) {
                    listener.anythingChanged();
                } else {
                    listener.stockChanged(ProductId.parse(payload));
                }
            }

            @Override
            public void mayHaveMissed() {
                listener.anythingChanged();
            }
        });
    }

    @Override
    public boolean isComplete() {
        return notifications.isListening();
    }

    static void announceStock(Sql sql, ProductId product) {
        sql.announce(Topic.CATALOG, product.toString());
    }

    static void announceAnything(Sql sql) {
        sql.announce(Topic.CATALOG, ANYTHING);
    }
}
