package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.CategoryRepository;
import dev.hexmart.application.catalog.ProductRepository;
import dev.hexmart.application.catalog.ReservationRepository;
import dev.hexmart.application.catalog.StockRepository;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.shared.OrderId;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Counts the outcomes of reservations. */
public final class StockNumbers {

    private final Counter reservations;

    public StockNumbers(Telemetry telemetry) {
        this.reservations = telemetry
                .metrics()
                .counter("hexmart_stock_reservations_total", "Reservations of stock by outcome", "outcome");
        Stream.of("held", "committed", "rejected", "released").forEach(reservations::initLabelValues);
    }

    /** The same transactor, with the reservations counted that it has saved. */
    public Transactor<CatalogStore> observed(Transactor<CatalogStore> transactor) {
        return new CommittedChanges<>(transactor, Store::noting, this::count);
    }

    private void count(Reservation reservation) {
        String outcome = switch (reservation) {
            case Reservation.Held _ -> "held";
            case Reservation.Committed _ -> "committed";
            case Reservation.Rejected _ -> "rejected";
            case Reservation.Released _ -> "released";
        };
        reservations.labelValues(outcome).inc();
    }

    private record Store(
            ProductRepository products,
            CategoryRepository categories,
            StockRepository stock,
            ReservationRepository reservations,
            Outbox outbox,
            Inbox inbox)
            implements CatalogStore {

        static CatalogStore noting(CatalogStore store, Consumer<Reservation> saved) {
            return new Store(
                    store.products(),
                    store.categories(),
                    store.stock(),
                    new Reservations(store.reservations(), saved),
                    store.outbox(),
                    store.inbox());
        }
    }

    private record Reservations(ReservationRepository reservations, Consumer<Reservation> saved)
            implements ReservationRepository {

        @Override
        public Map<OrderId, Reservation> lock(Collection<OrderId> orders) {
            return reservations.lock(orders);
        }

        @Override
        public void save(Reservation reservation) {
            reservations.save(reservation);
            saved.accept(reservation);
        }
    }
}
