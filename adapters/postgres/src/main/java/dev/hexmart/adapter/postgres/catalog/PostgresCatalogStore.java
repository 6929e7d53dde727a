package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.messaging.MessageMetadata;
import dev.hexmart.adapter.postgres.messaging.PostgresInbox;
import dev.hexmart.adapter.postgres.messaging.PostgresOutbox;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.CategoryRepository;
import dev.hexmart.application.catalog.ProductRepository;
import dev.hexmart.application.catalog.ReservationRepository;
import dev.hexmart.application.catalog.StockRepository;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.transaction.Transactor;
import java.util.Map;

/** The catalog context's tables, in one transaction. */
public record PostgresCatalogStore(
        ProductRepository products,
        CategoryRepository categories,
        StockRepository stock,
        ReservationRepository reservations,
        Outbox outbox,
        Inbox inbox)
        implements CatalogStore {

    /** What stands behind the ports that a transaction reaches. */
    public static final Map<Class<?>, Class<?>> ADAPTERS = Map.of(
            ProductRepository.class, PostgresProductRepository.class,
            CategoryRepository.class, PostgresCategoryRepository.class,
            StockRepository.class, PostgresStockRepository.class,
            ReservationRepository.class, PostgresReservationRepository.class,
            Outbox.class, PostgresOutbox.class,
            Inbox.class, PostgresInbox.class);

    public static Transactor<CatalogStore> transactor(PostgresDatabase database, MessageMetadata metadata) {
        return new PostgresTransactor<>(database, sql -> in(sql, metadata));
    }

    private static PostgresCatalogStore in(Sql sql, MessageMetadata metadata) {
        return new PostgresCatalogStore(
                new PostgresProductRepository(sql),
                new PostgresCategoryRepository(sql),
                new PostgresStockRepository(sql),
                new PostgresReservationRepository(sql),
                new PostgresOutbox(sql, metadata),
                new PostgresInbox(sql));
    }
}
