package dev.hexmart.application.catalog;

import dev.hexmart.application.messaging.UnitOfWork;

/** The ports within a transaction of the catalog context. */
public interface CatalogStore extends UnitOfWork {

    ProductRepository products();

    CategoryRepository categories();

    StockRepository stock();

    ReservationRepository reservations();
}
