package dev.hexmart.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.ordering.HistoryNote.Milestone;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckoutProcessTest {

    /** Every state × every message, cancellation and timeout: what the order is then, and what the others are told. */
    private static final String TABLE = """
            Placed    | StockReserved   | RESERVED                   | CapturePayment
            Placed    | StockRejected   | CANCELLED SOLD_OUT         |
            Placed    | PaymentCaptured | CANCELLED PAID_TOO_EARLY   | ReleaseStock RefundPayment
            Placed    | PaymentDeclined | unchanged                  |
            Placed    | PaymentPartlyRefunded | CANCELLED PAID_TOO_EARLY   | ReleaseStock RefundPayment
            Placed    | PaymentRefunded | CANCELLED PAID_TOO_EARLY   | ReleaseStock
            Placed    | cancel          | CANCELLED ON_REQUEST       | ReleaseStock RefundPayment
            Placed    | cancelByShop    | CANCELLED BY_SHOP          | ReleaseStock RefundPayment
            Placed    | expire          | CANCELLED EXPIRED          | ReleaseStock RefundPayment
            Reserved  | StockReserved   | unchanged                  |
            Reserved  | StockRejected   | unchanged                  |
            Reserved  | PaymentCaptured | PAID                       | CommitStock
            Reserved  | PaymentDeclined | RESERVED                   |
            Reserved  | PaymentPartlyRefunded | PAID                       | CommitStock
            Reserved  | PaymentRefunded | REFUNDED                   | ReleaseStock
            Reserved  | cancel          | CANCELLED ON_REQUEST       | ReleaseStock RefundPayment
            Reserved  | cancelByShop    | CANCELLED BY_SHOP          | ReleaseStock RefundPayment
            Reserved  | expire          | CANCELLED EXPIRED          | ReleaseStock RefundPayment
            Declined  | StockReserved   | unchanged                  |
            Declined  | StockRejected   | unchanged                  |
            Declined  | PaymentCaptured | PAID                       | CommitStock
            Declined  | PaymentDeclined | unchanged                  |
            Declined  | PaymentPartlyRefunded | PAID                       | CommitStock
            Declined  | PaymentRefunded | REFUNDED                   | ReleaseStock
            Declined  | cancel          | CANCELLED ON_REQUEST       | ReleaseStock RefundPayment
            Declined  | cancelByShop    | CANCELLED BY_SHOP          | ReleaseStock RefundPayment
            Declined  | expire          | CANCELLED PAYMENT_DECLINED | ReleaseStock RefundPayment
            Paid      | StockReserved   | unchanged                  |
            Paid      | StockRejected   | unchanged                  |
            Paid      | PaymentCaptured | unchanged                  |
            Paid      | PaymentDeclined | unchanged                  |
            Paid      | PaymentPartlyRefunded | PAID                       |
            Paid      | PaymentRefunded | REFUNDED                   | ReleaseStock
            Paid      | cancel          | unchanged                  |
            Paid      | cancelByShop    | unchanged                  |
            Paid      | expire          | unchanged                  |
            Cancelled | StockReserved   | unchanged                  |
            Cancelled | StockRejected   | unchanged                  |
            Cancelled | PaymentCaptured | CANCELLED SOLD_OUT         | RefundPayment
            Cancelled | PaymentDeclined | unchanged                  |
            Cancelled | PaymentPartlyRefunded | unchanged                  |
            Cancelled | PaymentRefunded | CANCELLED SOLD_OUT         |
            Cancelled | cancel          | unchanged                  |
            Cancelled | cancelByShop    | unchanged                  |
            Cancelled | expire          | unchanged                  |
            Refunded  | StockReserved   | unchanged                  |
            Refunded  | StockRejected   | unchanged                  |
            Refunded  | PaymentCaptured | unchanged                  |
            Refunded  | PaymentDeclined | unchanged                  |
            Refunded  | PaymentPartlyRefunded | unchanged                  |
            Refunded  | PaymentRefunded | unchanged                  |
            Refunded  | cancel          | unchanged                  |
            Refunded  | cancelByShop    | unchanged                  |
            Refunded  | expire          | unchanged                  |
            """;

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(3600);

    private final Purchase purchase = payableWith(Optional.of(new PaymentMethod("card-ok")));

    static Stream<Arguments> cells() {
        return TABLE.lines()
                .map(row -> Arguments.of(
                        Stream.of(row.split("\\|", -1)).map(String::strip).toArray()));
    }

    @ParameterizedTest(name = "{0} × {1}")
    @MethodSource("cells")
    void anOrderGoesOnAsTheTableSays(String state, String trigger, String next, String messages) {
        Order order = state(state);
        switch (step(order, trigger)) {
            case Transition.NoChange _ -> assertThat(next).isEqualTo("unchanged");
            case Transition.Moved taken -> {
                assertThat(described(taken.order())).isEqualTo(next);
                assertThat(names(taken.messages())).isEqualTo(messages);
                assertThat(taken.messages()).allMatch(message -> message.order().equals(purchase.id()));
                assertThat(taken.order().purchase()).isEqualTo(purchase);
                assertThat(taken.order().version()).isEqualTo(order.version() + 1);
                assertThat(taken.order().history()).startsWith(order.history().toArray(HistoryEntry[]::new));
                HistoryEntry entry = taken.order().history().getLast();
                assertThat(entry.status()).isEqualTo(taken.order().status());
                assertThat(entry.at()).isEqualTo(NOW);
            }
        }
    }

    @Test
    void tableIsComplete() {
        List<String> triggers = Stream.concat(
                        Arrays.stream(CheckoutEvent.class.getPermittedSubclasses())
                                .map(Class::getSimpleName),
                        Stream.of("cancel", "cancelByShop", "expire"))
                .toList();
        assertThat(cells().map(Arguments::get).map(cell -> cell[0] + "×" + cell[1]))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(Order.class.getPermittedSubclasses())
                                        .map(Class::getSimpleName),
                                // A reserved order whose first attempt to pay was declined.
                                Stream.of("Declined"))
                        .flatMap(state -> triggers.stream().map(trigger -> state + "×" + trigger))
                        .toList());
    }

    @Test
    void anOrderBeginsWithAskingForItsStock() {
        Transition.Moved placed = CheckoutProcess.place(purchase);
        assertThat(placed.order())
                .isEqualTo(new Order.Placed(
                        purchase,
                        List.of(new HistoryEntry(OrderStatus.PENDING, purchase.placedAt(), Milestone.PLACED))));
        assertThat(placed.order().version()).isEqualTo(1);
        assertThat(placed.messages()).containsExactly(new ReserveStock(purchase.id(), purchase.items()));
    }

    @Test
    void totalIsCapturedByTheNamedMethod() {
        assertThat(messages(CheckoutProcess.on(state("Placed"), new StockReserved(purchase.id()), NOW)))
                .containsExactly(new CapturePayment(
                        purchase.id(), purchase.customer(), purchase.total(), new PaymentMethod("card-ok")));
    }

    @Test
    void orderWithoutAMethodWaitsForItsPayment() {
        Order placed = Order.Placed.of(payableWith(Optional.empty()));
        Transition step = CheckoutProcess.on(placed, new StockReserved(placed.id()), NOW);
        assertThat(step)
                .isInstanceOfSatisfying(
                        Transition.Moved.class,
                        taken -> assertThat(taken.order()).isInstanceOf(Order.Reserved.class));
        assertThat(messages(step)).isEmpty();
    }

    @Test
    void anOrderExpiresAtTheInstantByWhichItMustBePaidAndNotBefore() {
        for (Order order : List.of(state("Placed"), state("Reserved"))) {
            assertThat(CheckoutProcess.expire(order, purchase.payBy().minusNanos(1)))
                    .isEqualTo(new Transition.NoChange(Transition.NoChange.Reason.STILL_PAYABLE));
            assertThat(CheckoutProcess.expire(order, purchase.payBy())).isInstanceOf(Transition.Moved.class);
        }
    }

    @Test
    void soldOutOrderNamesTheMissingProducts() {
        StockRejected rejected = new StockRejected(
                purchase.id(), List.of(purchase.lines().getLast().product()));
        assertThat(lastNote(CheckoutProcess.on(state("Placed"), rejected, NOW)))
                .isEqualTo(new HistoryNote.SoldOut(rejected.shortages()));
    }

    @Test
    void declinedPaymentIsNotedWithItsReason() {
        PaymentDeclined declined = new PaymentDeclined(purchase.id(), 1, "The card has expired");
        assertThat(lastNote(CheckoutProcess.on(state("Reserved"), declined, NOW)))
                .isEqualTo(new HistoryNote.PaymentDeclined("The card has expired"));
    }

    @Test
    void aSecondDeclinedAttemptIsNotedAndTheFirstIsNotNotedTwice() {
        Transition second =
                CheckoutProcess.on(state("Declined"), new PaymentDeclined(purchase.id(), 2, "No money"), NOW);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Transition.Moved.class,
                        it -> assertThat(it.order())
                                .isInstanceOfSatisfying(
                                        Order.Reserved.class,
                                        order -> assertThat(order.declined()).isEqualTo(2)));
        Order after = ((Transition.Moved) second).order();
        assertThat(CheckoutProcess.on(after, new PaymentDeclined(purchase.id(), 1, "No money"), NOW))
                .isInstanceOf(Transition.NoChange.class);
    }

    @Test
    void anOrderThatExpiresAfterADeclinedPaymentSaysSo() {
        assertThat(lastNote(CheckoutProcess.expire(state("Declined"), NOW)))
                .isEqualTo(new HistoryNote.Cancelled(CancellationReason.PAYMENT_DECLINED));
    }

    @Test
    void partsThatWereGivenBackAddUpAndEachIsNotedOnce() {
        OrderId id = purchase.id();
        var first = new PaymentPartlyRefunded(id, Money.of(500, "EUR"), Money.of(500, "EUR"));
        var second = new PaymentPartlyRefunded(id, Money.of(250, "EUR"), Money.of(750, "EUR"));
        Order once = ((Transition.Moved) CheckoutProcess.on(state("Paid"), first, NOW)).order();
        assertThat(CheckoutProcess.on(once, first, NOW)).isInstanceOf(Transition.NoChange.class);
        Transition twice = CheckoutProcess.on(once, second, NOW);
        assertThat(lastNote(twice)).isEqualTo(new HistoryNote.PartlyRefunded(second.part(), second.sum()));
        Order after = ((Transition.Moved) twice).order();
        assertThat(((Order.Paid) after).refunded()).isEqualTo(Money.of(750, "EUR"));
        assertThat(CheckoutProcess.on(after, first, NOW)).isInstanceOf(Transition.NoChange.class);
        assertThat(CheckoutProcess.on(after, new PaymentRefunded(id, Goods.RETURNED), NOW))
                .isInstanceOf(Transition.Moved.class);
    }

    @Test
    void goodsThatHaveNotComeBackStaySold() {
        PaymentRefunded refunded = new PaymentRefunded(purchase.id(), Goods.OUTSTANDING);
        for (String state : List.of("Reserved", "Declined", "Paid")) {
            Transition step = CheckoutProcess.on(state(state), refunded, NOW);
            assertThat(messages(step)).containsExactly(new CommitStock(purchase.id()));
            assertThat(lastNote(step)).isEqualTo(new HistoryNote.Refunded(Goods.OUTSTANDING));
        }
    }

    @Test
    void aHistoryEndsWithTheStateThatItHasLedTo() {
        List<HistoryEntry> history = state("Reserved").history();
        assertThatIllegalArgumentException().isThrownBy(() -> new Order.Paid(purchase, history));
        assertThatIllegalArgumentException().isThrownBy(() -> new Order.Placed(purchase, history));
        assertThatIllegalArgumentException().isThrownBy(() -> new Order.Refunded(purchase, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Order.Cancelled(purchase, CancellationReason.EXPIRED, history));
        assertThat(new Order.Reserved(purchase, 0, history).version()).isEqualTo(2);
    }

    private Order state(String name) {
        Order.Placed placed = Order.Placed.of(purchase);
        return switch (name) {
            case "Placed" -> placed;
            case "Reserved" -> placed.reserved(NOON);
            case "Declined" -> placed.reserved(NOON).declined(1, "No money", NOON);
            case "Paid" -> placed.reserved(NOON).paid(NOON);
            case "Cancelled" -> placed.cancelled(CancellationReason.SOLD_OUT, NOON);
            case "Refunded" -> placed.reserved(NOON).paid(NOON).refunded(Goods.RETURNED, NOON);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Transition step(Order order, String trigger) {
        OrderId id = order.id();
        return switch (trigger) {
            case "StockReserved" -> CheckoutProcess.on(order, new StockReserved(id), NOW);
            case "StockRejected" ->
                CheckoutProcess.on(
                        order,
                        new StockRejected(
                                id, List.of(purchase.lines().getFirst().product())),
                        NOW);
            case "PaymentCaptured" -> CheckoutProcess.on(order, new PaymentCaptured(id), NOW);
            case "PaymentDeclined" -> CheckoutProcess.on(order, new PaymentDeclined(id, 1, "No money"), NOW);
            case "PaymentPartlyRefunded" ->
                CheckoutProcess.on(
                        order, new PaymentPartlyRefunded(id, Money.of(500, "EUR"), Money.of(500, "EUR")), NOW);
            case "PaymentRefunded" -> CheckoutProcess.on(order, new PaymentRefunded(id, Goods.RETURNED), NOW);
            case "cancel" -> CheckoutProcess.cancel(order, NOW);
            case "cancelByShop" -> CheckoutProcess.cancelByShop(order, NOW);
            case "expire" -> CheckoutProcess.expire(order, NOW);
            default -> throw new IllegalArgumentException(trigger);
        };
    }

    private static String described(Order order) {
        return order instanceof Order.Cancelled cancelled
                ? order.status() + " " + cancelled.reason()
                : order.status().name();
    }

    private static String names(List<Message> messages) {
        return String.join(
                " ",
                messages.stream()
                        .map(message -> message.getClass().getSimpleName())
                        .toList());
    }

    private static List<Message> messages(Transition step) {
        return step instanceof Transition.Moved taken ? taken.messages() : List.of();
    }

    private static HistoryNote lastNote(Transition step) {
        return ((Transition.Moved) step).order().history().getLast().note();
    }

    private static Purchase payableWith(Optional<PaymentMethod> method) {
        return new Purchase(
                new OrderId(UUID.randomUUID()),
                new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
                List.of(line("Kettle", 1999, 2), line("Toaster", 2999, 1)),
                method,
                NOON,
                NOON.plusSeconds(900));
    }

    private static OrderLine line(String name, long price, int quantity) {
        return new OrderLine(new ProductId(UUID.randomUUID()), name, Money.of(price, "EUR"), Quantity.of(quantity));
    }
}
