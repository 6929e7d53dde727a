package dev.hexmart.tools.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hexmart.tools.chaos.audit.Snapshot.Entry;
import dev.hexmart.tools.chaos.audit.Snapshot.Key;
import dev.hexmart.tools.chaos.audit.Snapshot.Message;
import dev.hexmart.tools.chaos.audit.Snapshot.Order;
import dev.hexmart.tools.chaos.audit.Snapshot.Payment;
import dev.hexmart.tools.chaos.audit.Snapshot.Reservation;
import dev.hexmart.tools.chaos.audit.Snapshot.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop in which all is well, and then one thing at a time is not. */
class InvariantsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Map<String, Integer> TWO = Map.of("kettle", 2);

    private final List<Order> orders = new ArrayList<>(
            List.of(order("paid", "PAID", 0), order("cancelled", "CANCELLED", 0), order("refunded", "REFUNDED", 0)));
    private final List<Key> keys =
            new ArrayList<>(List.of(key("1", "paid"), key("2", "cancelled"), key("3", "refunded")));
    private final Map<String, Payment> payments = new HashMap<>(
            Map.of("paid", payment("CAPTURED"), "cancelled", payment("DECLINED"), "refunded", payment("REFUNDED")));
    private final Map<String, Reservation> reservations = new HashMap<>(Map.of(
            "paid", new Reservation("COMMITTED", TWO),
            "cancelled", new Reservation("RELEASED", TWO),
            "refunded", new Reservation("RELEASED", TWO)));
    private Stock stock = new Stock("kettle", 8, 0, 8, 0, 10, 2);
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> unhandled = new HashMap<>();
    private final List<Entry> books = new ArrayList<>(List.of(
            captured("paid"),
            entry("declined", "cancelled", 0),
            captured("refunded"),
            entry("refunded", "refunded", 2000)));
    private final Set<String> acknowledged = new HashSet<>(Set.of("paid", "cancelled", "refunded"));

    @Test
    void consistentShopHasNoBreach() {
        assertThat(check(true).words()).isEmpty();
        assertThat(check(true).checked()).containsOnlyKeys(Rule.values());
    }

    /** What a service that acknowledges before it commits leaves behind when it is killed between the two. */
    @Test
    void orderAcknowledgedBeforeItsCommitIsMissed() {
        acknowledged.add("lost");

        assertBreach(Rule.ACKNOWLEDGED, "lost");
    }

    @Test
    void orderOfAnAnsweredKeyIsMissed() {
        keys.add(key("4", "lost"));

        assertBreach(Rule.ACKNOWLEDGED, "lost");
    }

    @Test
    void oneOrderForTwoKeysIsABreach() {
        keys.add(key("4", "paid"));

        assertBreach(Rule.ONCE, "paid");
    }

    @Test
    void secondOrderOfAKeyIsABreach() {
        keys.removeIf(key -> key.order().equals("cancelled"));

        assertBreach(Rule.ONCE, "cancelled");
    }

    @Test
    void orderFromBeforeTheOldestKeyNeedsNone() {
        keys.removeIf(key -> key.order().equals("paid"));
        keys.replaceAll(key -> new Key(key.caller(), key.value(), key.order(), NOW));

        assertThat(check(true).words()).isEmpty();
    }

    @Test
    void totalThatIsNotTheSumOfItsLinesIsABreach() {
        orders.set(0, new Order("paid", "PAID", 2000, "EUR", 1999, 0, placed(), NOW, TWO));

        assertBreach(Rule.TOTALS, "paid");
    }

    @Test
    void openOrderIsABreachOnlyWhenSettledOrOverdue() {
        open();

        assertThat(check(false).words()).isEmpty();
        assertThat(check(false).underWay()).containsExactly("1 orders RESERVED within their time to pay");
        assertBreach(Rule.FINISHED, "paid");
        assertThat(Invariants.check(snapshot(NOW.plus(Duration.ofMinutes(2))), acknowledged, false)
                        .breaches())
                .extracting(Verdict.Breach::rule)
                .containsExactly(Rule.FINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUESTED", "DECLINED", "VOIDED", "REFUNDED"})
    void paidOrderWithoutACapturedPaymentIsABreach(String state) {
        payments.put("paid", payment(state));

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void paymentOfAnotherAmountIsABreach() {
        payments.put("paid", new Payment("CAPTURED", Optional.of(1L)));

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void secondCaptureIsABreach() {
        books.add(captured("paid"));

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void captureOfAnotherAmountIsABreach() {
        books.set(0, entry("captured", "paid", 1999));

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void captureThatIsMissingIsABreach() {
        books.removeFirst();

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void moneyKeptOfACancelledOrderIsABreach() {
        books.add(captured("cancelled"));

        assertBreach(Rule.MONEY, "cancelled");
    }

    @Test
    void moneyForNoOrderIsABreach() {
        books.add(captured("unknown"));

        assertBreach(Rule.MONEY, "unknown");
    }

    @Test
    void paymentForNoOrderIsABreach() {
        payments.put("unknown", payment("CAPTURED"));

        assertBreach(Rule.MONEY, "unknown");
    }

    @Test
    void partsRefundedMustBeTheOrders() {
        payments.put("paid", payment("PART_REFUNDED"));
        orders.set(0, order("paid", "PAID", 500));
        books.add(Entry.parse("part-refunded\tpaid\t2000\tEUR\tsandbox\t1\t500\t1"));

        assertThat(check(true).words()).isEmpty();

        orders.set(0, order("paid", "PAID", 400));

        assertBreach(Rule.MONEY, "paid");
    }

    @Test
    void paymentUnderWayIsNoBreachUnlessSettled() {
        payments.put("cancelled", payment("REFUNDING"));

        assertThat(check(false).words()).isEmpty();
        assertBreach(Rule.MONEY, "cancelled");
    }

    @Test
    void booksThatAreNotGivenAreSaidToBeUnchecked() {
        Verdict verdict = Invariants.check(
                new Snapshot(
                        NOW,
                        orders,
                        keys,
                        payments,
                        reservations,
                        List.of(stock),
                        messages,
                        unhandled,
                        Optional.empty()),
                acknowledged,
                true);

        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.checked().get(Rule.MONEY)).contains("NOT the provider's books");
    }

    @Test
    void reservationThatDoesNotFitItsOrderIsABreach() {
        reservations.put("cancelled", new Reservation("COMMITTED", TWO));
        stock = new Stock("kettle", 6, 0, 6, 0, 10, 4);

        assertBreach(Rule.STOCK, "cancelled");
    }

    @Test
    void reservationOfOtherPiecesIsABreach() {
        reservations.put("paid", new Reservation("COMMITTED", Map.of("kettle", 1)));
        stock = new Stock("kettle", 9, 0, 9, 0, 10, 1);

        assertBreach(Rule.STOCK, "paid");
    }

    @Test
    void stockHeldForNoOrderIsABreach() {
        reservations.put("unknown", new Reservation("HELD", TWO));
        stock = new Stock("kettle", 6, 2, 6, 2, 10, 2);

        assertBreach(Rule.STOCK, "unknown");
    }

    @Test
    void everyFigureOfAStockCounts() {
        for (Stock wrong : List.of(
                new Stock("kettle", 7, 0, 8, 0, 10, 2),
                new Stock("kettle", 8, 1, 8, 0, 10, 2),
                new Stock("kettle", 8, 1, 8, 1, 11, 2),
                new Stock("kettle", 8, 0, 8, 0, 11, 2),
                new Stock("kettle", 8, 0, 8, 0, 11, 3),
                new Stock("kettle", -8, 0, -8, 0, -6, 2))) {
            stock = wrong;

            assertBreach(Rule.STOCK, "kettle");
        }
    }

    @ParameterizedTest
    @EnumSource(Message.State.class)
    void messageIsABreachWhenParkedOrSettled(Message.State state) {
        messages.add(new Message(state, "orders", "m", "CapturePayment", Set.of("paid"), NOW, "why"));

        assertBreach(Rule.MESSAGES, "m");
        assertThat(check(false).isClean()).isEqualTo(state != Message.State.PARKED);
    }

    @Test
    void messageThatIsLostOnTheWayIsABreachWhenSettled() {
        unhandled.put("m", "paid");

        assertThat(check(false).underWay()).containsExactly("1 messages in the broker");
        assertBreach(Rule.MESSAGES, "m");
    }

    @Test
    void orderThatAMessageIsAboutNeedNotFitTogether() {
        reservations.put("paid", new Reservation("HELD", TWO));
        stock = new Stock("kettle", 8, 2, 8, 2, 10, 0);
        unhandled.put("m", "paid");

        assertThat(check(false).words()).isEmpty();
        unhandled.put("m", "cancelled");
        assertThat(check(false).breaches()).extracting(Verdict.Breach::subject).containsExactly("paid");
    }

    @Test
    void breachIsWhatTheNextLookStillSees() {
        books.add(captured("paid"));
        Verdict wrong = check(true);
        books.removeLast();
        Verdict right = check(true);

        assertThat(looks(wrong, right).isClean()).isTrue();
        assertThat(looks(wrong, wrong, right).isClean()).isTrue();
        assertThat(wrong.lasting(wrong).breaches()).hasSize(1);
        assertThat(wrong.lasting(right).breaches()).isEmpty();
    }

    private static Verdict looks(Verdict... verdicts) {
        Iterator<Verdict> looks = List.of(verdicts).iterator();
        return Audit.untilClean(looks::next, Duration.ofMinutes(1), Duration.ZERO);
    }

    private void open() {
        orders.set(0, order("paid", "RESERVED", 0));
        payments.put("paid", payment("DECLINED"));
        books.set(0, entry("declined", "paid", 0));
        reservations.put("paid", new Reservation("HELD", TWO));
        stock = new Stock("kettle", 8, 2, 8, 2, 10, 0);
    }

    private void assertBreach(Rule rule, String subject) {
        assertThat(check(true).breaches())
                .isNotEmpty()
                .extracting(Verdict.Breach::rule, Verdict.Breach::subject)
                .containsOnly(tuple(rule, subject));
    }

    private Verdict check(boolean settled) {
        return Invariants.check(snapshot(NOW), acknowledged, settled);
    }

    private Snapshot snapshot(Instant at) {
        return new Snapshot(
                at, orders, keys, payments, reservations, List.of(stock), messages, unhandled, Optional.of(books));
    }

    private static Instant placed() {
        return NOW.minusSeconds(60);
    }

    private static Order order(String id, String status, long refunded) {
        return new Order(id, status, 2000, "EUR", 2000, refunded, placed(), NOW, TWO);
    }

    private static Key key(String value, String order) {
        return new Key("alice", value, order, placed().minusSeconds(1));
    }

    private static Payment payment(String state) {
        return new Payment(state, Optional.of(2000L));
    }

    private static Entry captured(String order) {
        return entry("captured", order, 2000);
    }

    private static Entry entry(String kind, String order, long amount) {
        return new Entry(kind, order, amount, amount == 0 ? "" : "EUR", 0);
    }
}
