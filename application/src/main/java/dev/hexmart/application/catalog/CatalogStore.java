package dev.hexmart.application.catalog;

import dev.hexmart.application.messaging.UnitOfWork;

/** What a transaction of the catalog context can reach. */
public interface CatalogStore extends UnitOfWork {

    ProductRepository products();

    CategoryRepository categories();

    StockRepository stock();

    ReservationRepository reservations();
}
