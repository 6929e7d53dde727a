package dev.hexmart.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hexmart.domain.catalog.Reservation.Committed;
import dev.hexmart.domain.catalog.Reservation.Held;
import dev.hexmart.domain.catalog.Reservation.Rejected;
import dev.hexmart.domain.catalog.Reservation.Released;
import dev.hexmart.domain.catalog.StockKeeping.Decision;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StockKeepingTest {

    /** Every state × every command: where the reservation stands then, what moves, what the order is told. */
    private static final String TABLE = """
            None      | reserve enough  | Held      | RESERVED RESERVED | StockReserved
            None      | reserve too few | Rejected  |                   | StockRejected
            None      | commit          |           |                   |
            None      | release         | Released  |                   |
            Held      | reserve enough  |           |                   | StockReserved
            Held      | reserve too few |           |                   | StockReserved
            Held      | commit          | Committed | SOLD SOLD         |
            Held      | release         | Released  | RELEASED RELEASED |
            Committed | reserve enough  |           |                   | StockReserved
            Committed | reserve too few |           |                   | StockReserved
            Committed | commit          |           |                   |
            Committed | release         | Released  | RETURNED RETURNED |
            Rejected  | reserve enough  |           |                   | StockRejected
            Rejected  | reserve too few |           |                   | StockRejected
            Rejected  | commit          |           |                   |
            Rejected  | release         |           |                   |
            Released  | reserve enough  |           |                   |
            Released  | reserve too few |           |                   |
            Released  | commit          |           |                   |
            Released  | release         |           |                   |
            """;

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static Stream<Arguments> cells() {
        return TABLE.lines()
                .map(row -> Arguments.of(
                        Stream.of(row.split("\\|", -1)).map(String::strip).toArray()));
    }

    private final OrderId order = new OrderId(UUID.randomUUID());
    private final ProductId kettle = new ProductId(UUID.randomUUID());
    private final ProductId toaster = new ProductId(UUID.randomUUID());
    private final List<LineItem> lines =
            List.of(new LineItem(kettle, Quantity.of(2)), new LineItem(toaster, Quantity.of(1)));

    @ParameterizedTest(name = "{0} × {1}")
    @MethodSource("cells")
    void aCommandComesToWhatTheTableSays(String state, String command, String next, String movements, String answers) {
        Decision decision = decide(state(state), command);
        assertThat(names(decision.next().stream(), it -> it.getClass().getSimpleName()))
                .isEqualTo(next);
        assertThat(names(decision.movements().stream(), it -> it.kind().name())).isEqualTo(movements);
        assertThat(names(decision.answers().stream(), it -> it.getClass().getSimpleName()))
                .isEqualTo(answers);
        assertThat(decision.next().stream())
                .allMatch(reservation -> reservation.order().equals(order));
        assertThat(decision.movements())
                .allMatch(movement ->
                        movement.at().equals(NOON) && movement.reason().equals(order.toString()));
    }

    @Test
    void tableIsComplete() {
        Stream<String> states = Stream.concat(
                Stream.of("None"),
                Arrays.stream(Reservation.class.getPermittedSubclasses()).map(Class::getSimpleName));
        List<String> commands = List.of("reserve enough", "reserve too few", "commit", "release");
        assertThat(cells().map(Arguments::get).map(cell -> cell[0] + "×" + cell[1]))
                .containsExactlyInAnyOrderElementsOf(
                        states.flatMap(state -> commands.stream().map(command -> state + "×" + command))
                                .toList());
    }

    @Test
    void allLinesAreHeldOrNone() {
        Map<ProductId, Stock> stock = Map.of(kettle, new Stock(kettle, 2, 0), toaster, new Stock(toaster, 0, 9));
        Decision decision = reserve(stock);
        assertThat(decision.next()).contains(new Rejected(order, List.of(toaster)));
        assertThat(decision.movements()).isEmpty();
        assertThat(decision.answers()).containsExactly(new StockRejected(order, List.of(toaster)));
    }

    @Test
    void theLastPieceCanBeHeld() {
        Map<ProductId, Stock> stock = Map.of(kettle, new Stock(kettle, 2, 7), toaster, new Stock(toaster, 1, 0));
        Decision decision = reserve(stock);
        assertThat(decision.next()).contains(new Held(order, lines));
        assertThat(decision.answers()).containsExactly(new StockReserved(order));
        assertThat(decision.movements())
                .extracting(StockMovement::product, StockMovement::available, StockMovement::reserved)
                .containsExactly(tuple(kettle, -2, 2), tuple(toaster, -1, 1));
    }

    @Test
    void aProductThatNeverHadStockIsShort() {
        assertThat(reserve(Map.of(kettle, new Stock(kettle, 2, 0))).next())
                .contains(new Rejected(order, List.of(toaster)));
    }

    private Decision reserve(Map<ProductId, Stock> stock) {
        return StockKeeping.reserve(Optional.empty(), new ReserveStock(order, lines), stock, NOON);
    }

    private Decision decide(Optional<Reservation> current, String command) {
        return switch (command) {
            case "reserve enough" -> StockKeeping.reserve(current, new ReserveStock(order, lines), stockOf(5), NOON);
            case "reserve too few" -> StockKeeping.reserve(current, new ReserveStock(order, lines), stockOf(0), NOON);
            case "commit" -> StockKeeping.commit(current, new CommitStock(order), NOON);
            case "release" -> StockKeeping.release(current, new ReleaseStock(order), NOON);
            default -> throw new IllegalArgumentException(command);
        };
    }

    private Map<ProductId, Stock> stockOf(int pieces) {
        return Map.of(kettle, new Stock(kettle, pieces, 3), toaster, new Stock(toaster, pieces, 3));
    }

    private Optional<Reservation> state(String name) {
        return switch (name) {
            case "None" -> Optional.empty();
            case "Held" -> Optional.of(new Held(order, lines));
            case "Committed" -> Optional.of(new Committed(order, lines));
            case "Rejected" -> Optional.of(new Rejected(order, List.of(kettle)));
            case "Released" -> Optional.of(new Released(order));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static <T> String names(Stream<T> things, Function<T, String> name) {
        return things.map(name).collect(Collectors.joining(" "));
    }
}
