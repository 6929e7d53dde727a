package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.Simulator.Fault;
import dev.hexmart.application.Watch.Cell;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.payment.Payment;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many days in the shop. To live through one again, give its seed to {@link Simulator#run}; for more, see below. */
class SimulationTest {

    /** How many seeds are tried: {@code -Dsimulation.seeds=10000} for a long night. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

    /** A payment is asked for once the stock is held, and a refund once it was. */
    private static final Set<Cell> BEFORE_STOCK_IS_HELD = cells(
            Set.of("Placed"), Set.of("PaymentCaptured", "PaymentDeclined", "PaymentRefunded", "PaymentPartlyRefunded"));

    /** An order asks for its stock once and is answered once; the inbox drops what the broker doubles. */
    private static final Set<Cell> SECOND_ANSWER_ABOUT_STOCK =
            cells(Set.of("Reserved", "Paid", "Refunded"), Set.of("StockReserved", "StockRejected"));

    private static final Set<Cell> SECOND_RESERVATION =
            cells(Set.of("Held", "Committed", "Rejected"), Set.of("ReserveStock"));

    /** An order gives its stock up once. */
    private static final Set<Cell> SECOND_RELEASE = cells(Set.of("Released"), Set.of("ReleaseStock"));

    private static final Set<Cell> SALE_WITHOUT_STOCK = cells(Set.of(Watch.NONE, "Rejected"), Set.of("CommitStock"));

    /** A cancelled order asks for a second refund only of what was captured. */
    private static final Set<Cell> SECOND_REFUND_OF_NOTHING = cells(Set.of("Voided"), Set.of("RefundPayment"));

    private static Map<Object, Long> occurrences = Map.of();

    @Test
    void invariantsHoldAfterEverySimulatedDay() {
        assertThat(occurrences()).isNotEmpty();
    }

    @Test
    void seedIsReproducible() {
        assertThat(Simulator.run(42)).isEqualTo(Simulator.run(42)).isNotEqualTo(Simulator.run(43));
    }

    @Test
    void everyFaultOccurs() {
        assertThat(occurrences()).containsKeys((Object[]) Fault.values());
    }

    @Test
    void everyReachableCellOfTheCheckoutOccurs() {
        assertOccur(
                cells(types(Order.class), types(CheckoutEvent.class)),
                union(BEFORE_STOCK_IS_HELD, SECOND_ANSWER_ABOUT_STOCK));
    }

    @Test
    void everyReachableCellOfThePaymentOccurs() {
        Set<String> states = union(types(Payment.class), Set.of(Watch.NONE));
        assertOccur(cells(states, types(PaymentCommand.class)), SECOND_REFUND_OF_NOTHING);
    }

    @Test
    void everyReachableCellOfTheReservationOccurs() {
        Set<String> states = union(types(Reservation.class), Set.of(Watch.NONE));
        assertOccur(
                cells(states, types(StockCommand.class)),
                union(union(SECOND_RESERVATION, SECOND_RELEASE), SALE_WITHOUT_STOCK));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void plantedBugIsFound(PlantedBug bug) {
        OptionalLong seed = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .filter(it -> finds(it, bug))
                .findAny();
        assertThat(seed).as("a seed from 1 to %s that finds %s", SEEDS, bug).isPresent();
    }

    private static boolean finds(long seed, PlantedBug bug) {
        try {
            Simulator.run(seed, bug);
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }

    private static void assertOccur(Set<Cell> cells, Set<Cell> unreachable) {
        Set<Cell> occurred = cells.stream().filter(occurrences()::containsKey).collect(Collectors.toSet());
        Set<Cell> expected =
                cells.stream().filter(cell -> !unreachable.contains(cell)).collect(Collectors.toSet());
        assertThat(occurred).as("cells, of %s", occurrences()).isEqualTo(expected);
    }

    /** On how many days each fault and each cell occurred. */
    private static synchronized Map<Object, Long> occurrences() {
        if (occurrences.isEmpty()) {
            occurrences = LongStream.rangeClosed(1, SEEDS)
                    .parallel()
                    .mapToObj(Simulator::run)
                    .flatMap(day -> Stream.concat(day.faults().stream(), day.cells().stream()))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
        return occurrences;
    }

    private static Set<String> types(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type))
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Set<Cell> cells(Set<String> states, Set<String> messages) {
        return states.stream()
                .flatMap(state -> messages.stream().map(message -> new Cell(state, message)))
                .collect(Collectors.toSet());
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }
}
