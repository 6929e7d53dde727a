package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;

/**
 * One line of the stock ledger: by how much the two levels of a product changed, when, and why.
 *
 * @param available change of the pieces that can be sold
 * @param reserved change of the pieces that are held
 * @param reason an order's id, or an employee's words
 */
public record StockMovement(ProductId product, Kind kind, int available, int reserved, String reason, Instant at) {

    public static final int MAX_REASON = 200;

    /** Why stock moves. */
    public enum Kind {
        ADJUSTED,
        RESERVED,
        RELEASED,
        SOLD,
        RETURNED
    }

    public StockMovement {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("A reason is 1 to " + MAX_REASON + " characters");
        }
    }

    /** A delivery, a loss, a count: pieces appear or go without an order. */
    public static StockMovement adjusted(ProductId product, int delta, String reason, Instant at) {
        if (delta == 0 || Math.abs((long) delta) > Stock.MAX) {
            throw new IllegalArgumentException(
                    "An adjustment is from -" + Stock.MAX + " to " + Stock.MAX + " pieces, and not 0");
        }
        return new StockMovement(product, Kind.ADJUSTED, delta, 0, reason, at);
    }

    static StockMovement reserved(LineItem line, OrderId order, Instant at) {
        int pieces = line.quantity().value();
        return new StockMovement(line.product(), Kind.RESERVED, -pieces, pieces, order.toString(), at);
    }

    static StockMovement released(LineItem line, OrderId order, Instant at) {
        int pieces = line.quantity().value();
        return new StockMovement(line.product(), Kind.RELEASED, pieces, -pieces, order.toString(), at);
    }

    static StockMovement sold(LineItem line, OrderId order, Instant at) {
        return new StockMovement(line.product(), Kind.SOLD, 0, -line.quantity().value(), order.toString(), at);
    }

    static StockMovement returned(LineItem line, OrderId order, Instant at) {
        return new StockMovement(line.product(), Kind.RETURNED, line.quantity().value(), 0, order.toString(), at);
    }
}
