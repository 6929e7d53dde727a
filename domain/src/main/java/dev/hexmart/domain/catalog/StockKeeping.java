package dev.hexmart.domain.catalog;

import dev.hexmart.domain.catalog.Reservation.Committed;
import dev.hexmart.domain.catalog.Reservation.Held;
import dev.hexmart.domain.catalog.Reservation.Rejected;
import dev.hexmart.domain.catalog.Reservation.Released;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table <em>state of the reservation × command</em>: what each command means, doubled and late ones included. */
public final class StockKeeping {

    private StockKeeping() {}

    /** The result of a command: the reservation's next state, the stock movements, and the event for the order. */
    public record Decision(Optional<Reservation> next, List<StockMovement> movements, List<CheckoutEvent> answers) {
        public Decision {
            movements = List.copyOf(movements);
            answers = List.copyOf(answers);
        }

        private static Decision nothing() {
            return new Decision(Optional.empty(), List.of(), List.of());
        }

        private static Decision answer(CheckoutEvent message) {
            return new Decision(Optional.empty(), List.of(), List.of(message));
        }

        private static Decision move(Reservation next, List<StockMovement> movements, CheckoutEvent... answers) {
            return new Decision(Optional.of(next), movements, List.of(answers));
        }
    }

    /** All lines or none. A command that comes again gets its first answer again. */
    public static Decision reserve(
            Optional<Reservation> current, ReserveStock command, Map<ProductId, Stock> stock, Instant now) {
        if (current.isEmpty()) {
            return decide(command, stock, now);
        }
        return switch (current.get()) {
            case Held held -> Decision.answer(new StockReserved(held.order()));
            case Committed committed -> Decision.answer(new StockReserved(committed.order()));
            case Rejected rejected -> Decision.answer(new StockRejected(rejected.order(), rejected.shortages()));
            case Released _ -> Decision.nothing();
        };
    }

    public static Decision commit(Optional<Reservation> current, CommitStock command, Instant now) {
        if (current.isEmpty()) {
            return Decision.nothing();
        }
        return switch (current.get()) {
            case Held held -> Decision.move(held.commit(), held.sale(now));
            case Committed _, Rejected _, Released _ -> Decision.nothing();
        };
    }

    public static Decision release(Optional<Reservation> current, ReleaseStock command, Instant now) {
        Released released = new Released(command.order());
        if (current.isEmpty()) {
            return Decision.move(released, List.of());
        }
        return switch (current.get()) {
            case Held held -> Decision.move(released, held.givingBack(now));
            case Committed committed -> Decision.move(released, committed.returning(now));
            case Rejected _, Released _ -> Decision.nothing();
        };
    }

    private static Decision decide(ReserveStock command, Map<ProductId, Stock> stock, Instant now) {
        OrderId order = command.order();
        List<StockMovement> movements = command.lines().stream()
                .map(line -> StockMovement.reserved(line, order, now))
                .toList();
        List<ProductId> shortages = movements.stream()
                .filter(movement -> !allows(stock, movement))
                .map(StockMovement::product)
                .toList();
        if (!shortages.isEmpty()) {
            return Decision.move(new Rejected(order, shortages), List.of(), new StockRejected(order, shortages));
        }
        return Decision.move(new Held(order, command.lines()), movements, new StockReserved(order));
    }

    private static boolean allows(Map<ProductId, Stock> stock, StockMovement movement) {
        return Optional.ofNullable(stock.get(movement.product()))
                .flatMap(level -> level.after(movement))
                .isPresent();
    }
}
