package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;

/**
 * What the catalog has promised one order; a type per state, so that a transition exists only where it is legal.
 *
 * <p>It does not end by itself: the order alone decides when a reservation is given up ({@link StockKeeping}).
 */
public sealed interface Reservation {

    OrderId order();

    /** The pieces are set aside. */
    record Held(OrderId order, List<LineItem> lines) implements Reservation {
        public Held {
            lines = List.copyOf(lines);
        }

        Committed commit() {
            return new Committed(order, lines);
        }

        List<StockMovement> sale(Instant at) {
            return lines.stream()
                    .map(line -> StockMovement.sold(line, order, at))
                    .toList();
        }

        List<StockMovement> givingBack(Instant at) {
            return lines.stream()
                    .map(line -> StockMovement.released(line, order, at))
                    .toList();
        }
    }

    /** The order is paid and the pieces are sold. */
    record Committed(OrderId order, List<LineItem> lines) implements Reservation {
        public Committed {
            lines = List.copyOf(lines);
        }

        List<StockMovement> returning(Instant at) {
            return lines.stream()
                    .map(line -> StockMovement.returned(line, order, at))
                    .toList();
        }
    }

    /** There was not enough; nothing was set aside. */
    record Rejected(OrderId order, List<ProductId> shortages) implements Reservation {
        public Rejected {
            shortages = List.copyOf(shortages);
        }
    }

    /** Nothing is held any more, and nothing ever will be: a late command to reserve finds this and does nothing. */
    record Released(OrderId order) implements Reservation {}
}
