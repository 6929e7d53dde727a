package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hexmart.tools.load.Breach.Rule;
import dev.hexmart.tools.load.Checkout.Outcome;
import dev.hexmart.tools.load.Observation.Line;
import dev.hexmart.tools.load.Observation.Movement;
import dev.hexmart.tools.load.Observation.Order;
import dev.hexmart.tools.load.Observation.Payment;
import dev.hexmart.tools.load.Observation.Product;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop in which all is well, and then one thing at a time is not. */
class InvariantsTest {

    private static final String KETTLE = "kettle";

    private int started = 3;
    private final List<Checkout> checkouts = new ArrayList<>(List.of(
            checkout(0, Set.of("paid"), new Outcome.Ended("PAID")),
            checkout(1, Set.of("declined"), new Outcome.Ended("CANCELLED")),
            checkout(2, Set.of(), new Outcome.Refused("429"))));
    private final List<Order> orders =
            new ArrayList<>(List.of(order("paid", 0, "PAID", 2000), order("declined", 1, "CANCELLED", 2000)));
    private final Map<String, Payment> payments =
            new HashMap<>(Map.of("paid", payment("PAID", 2000), "declined", payment("DECLINED", 2000)));
    private int initial = 10;
    private int left = 8;
    private List<Movement> ledger = newestFirst(
            new Movement("ADJUSTED", 10, 0),
            new Movement("RESERVED", -2, 2),
            new Movement("RESERVED", -2, 2),
            new Movement("SOLD", 0, -2),
            new Movement("RELEASED", 2, -2));
    private final List<String> serverErrors = new ArrayList<>();

    @Test
    void consistentShopHasNoBreach() {
        assertThat(check()).isEmpty();
    }

    @Test
    void aCheckoutOfWhichNothingIsHeardIsMissed() {
        started = 4;

        assertBreach(Rule.ANSWERED, "4 checkouts were started, and 3 have come back");
    }

    @Test
    void anAcceptedOrderThatDoesNotExistIsMissed() {
        orders.removeIf(order -> order.id().equals("declined"));
        ledger = newestFirst(
                new Movement("ADJUSTED", 10, 0), new Movement("RESERVED", -2, 2), new Movement("SOLD", 0, -2));

        assertBreach(Rule.ANSWERED, "order declined, and there is no such order");
    }

    @Test
    void aLoadOfWhichNothingWasAcceptedHasTriedNothing() {
        checkouts.clear();
        checkouts.addAll(Collections.nCopies(3, checkout(2, Set.of(), new Outcome.Refused("429"))));
        orders.clear();
        left = 10;
        ledger = newestFirst(new Movement("ADJUSTED", 10, 0));

        assertBreach(Rule.ANSWERED, "not one checkout of 3 was accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "RESERVED"})
    void anOrderThatGoesNowhereIsNamed(String status) {
        orders.set(1, order("declined", 1, status, 2000));

        assertBreach(Rule.FINISHED, "order declined is still " + status);
    }

    @Test
    void timedOutShopperIsNamed() {
        checkouts.set(1, checkout(1, Set.of("declined"), new Outcome.Unfinished("order declined is PENDING")));

        assertBreach(Rule.FINISHED, "checkout 1 by shopper-2 (card-ok): order declined is PENDING");
    }

    @Test
    void twoOrdersUnderOneKeyAreNamed() {
        checkouts.set(0, checkout(0, Set.of("paid", "declined"), new Outcome.Ended("PAID")));
        checkouts.set(1, checkout(1, Set.of(), new Outcome.Refused("429")));

        assertBreach(Rule.ONCE, "became several orders under one key");
    }

    @Test
    void oneOrderForTwoKeysIsNamed() {
        checkouts.set(2, checkout(2, Set.of("paid"), new Outcome.Ended("PAID")));

        assertBreach(Rule.ONCE, "order paid answers the keys of both checkout 0");
    }

    @Test
    void anOrderThatTheCustomerWasNotToldOfIsNamed() {
        orders.add(order("phantom", 2, "CANCELLED", 2000));

        assertBreach(Rule.ONCE, "shopper-3 has orders that no checkout was answered with: [phantom]");
    }

    @Test
    void aLostAnswerMayHaveBeenToAnOrder() {
        checkouts.set(2, checkout(2, Set.of(), new Outcome.Lost("no answer")));
        orders.add(order("phantom", 2, "CANCELLED", 2000));

        assertThat(check()).isEmpty();

        orders.add(order("phantom twin", 2, "CANCELLED", 2000));

        assertBreach(Rule.ONCE, "[phantom, phantom twin]");
    }

    @Test
    void anOrderOfSomethingElseThanWasInTheCartIsNamed() {
        checkouts.set(
                1,
                new Checkout(
                        1,
                        "shopper-2",
                        Optional.of("customer 1"),
                        "card-ok",
                        Map.of(KETTLE, 3),
                        Set.of("declined"),
                        Optional.of(euro(2000)),
                        new Outcome.Ended("CANCELLED")));

        assertBreach(Rule.AS_ORDERED, "order declined is for {kettle=2}, in the cart was {kettle=3}");
    }

    @Test
    void aTotalThatIsNotTheSumOfItsLinesIsNamed() {
        orders.set(1, order("declined", 1, "CANCELLED", 2001));

        assertThat(check())
                .extracting(Breach::rule, Breach::detail)
                .contains(tuple(Rule.AS_ORDERED, "order declined: its lines add up to 2000, its total is 2001 EUR"));
    }

    @Test
    void aTotalThatIsNotWhatWasAnsweredIsNamed() {
        orders.set(1, order("declined", 1, "CANCELLED", 2001));

        assertThat(check())
                .anySatisfy(breach -> assertThat(breach.detail())
                        .isEqualTo("order declined costs 2001 EUR, the checkout was answered with 2000 EUR"));
    }

    @Test
    void aLineThatIsWronglyMultipliedIsNamed() {
        orders.set(
                1,
                new Order(
                        "declined",
                        "customer 1",
                        "CANCELLED",
                        euro(2000),
                        List.of(new Line(KETTLE, 2, euro(999), euro(2000)))));

        assertBreach(Rule.AS_ORDERED, "order declined: 2 times 999 EUR is not 2000 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "DECLINED", "REFUNDING", "REFUNDED", "VOIDED"})
    void paidOrderWithoutACaptureIsNamed(String status) {
        payments.put("paid", payment(status, 2000));

        assertBreach(Rule.PAID_FOR, "order paid is PAID, its total 2000 EUR, and its payment of 2000 EUR is " + status);
    }

    @Test
    void aPaidOrderWithoutAnyPaymentIsNamed() {
        payments.remove("paid");

        assertBreach(Rule.PAID_FOR, "order paid is PAID, its total 2000 EUR, and its payment is absent");
    }

    @Test
    void aPaidOrderWithAnotherAmountIsNamed() {
        payments.put("paid", payment("PAID", 1999));

        assertBreach(Rule.PAID_FOR, "its payment of 1999 EUR is PAID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAID", "PENDING", "REFUNDING"})
    void cancelledOrderWithAKeptCaptureIsNamed(String status) {
        payments.put("declined", payment(status, 2000));

        assertBreach(Rule.PAID_FOR, "order declined is CANCELLED");
    }

    @Test
    void aSoldOutOrderHasNoPaymentAtAll() {
        payments.remove("declined");

        assertThat(check()).isEmpty();
    }

    @Test
    void refusalForAShortageThatOrdersExplainIsNoBreach() {
        checkouts.set(2, checkout(2, Set.of(), new Outcome.SoldOut(Map.of(KETTLE, 1))));
        initial = 5;
        left = 3;
        ledger = newestFirst(
                new Movement("ADJUSTED", 5, 0), new Movement("RESERVED", -2, 2), new Movement("SOLD", 0, -2));

        assertThat(check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2})
    void refusalForAShortageThatIsNoneIsABreach(int available) {
        checkouts.set(2, checkout(2, Set.of(), new Outcome.SoldOut(Map.of(KETTLE, available))));

        assertBreach(
                Rule.STOCK,
                "checkout 2 by shopper-3 (card-ok) was refused as only " + available
                        + " of product kettle are left, and wanted 2; of 10 pieces 4 were ordered");
    }

    @Test
    void refusalForAShortageOfNoProductIsABreach() {
        checkouts.set(2, checkout(2, Set.of(), new Outcome.SoldOut(Map.of())));

        assertBreach(Rule.STOCK, "was refused for want of stock, of no product");
    }

    @Test
    void orderOfACheckoutRefusedForAShortageIsABreach() {
        checkouts.set(1, checkout(1, Set.of(), new Outcome.SoldOut(Map.of(KETTLE, 1))));
        initial = 5;
        left = 3;
        ledger = newestFirst(
                new Movement("ADJUSTED", 5, 0), new Movement("RESERVED", -2, 2), new Movement("SOLD", 0, -2));

        assertBreach(Rule.ONCE, "shopper-2 has orders that no checkout was answered with: [declined]");
    }

    @Test
    void stockBelowZeroIsNamed() {
        left = -1;

        assertThat(check()).extracting(Breach::detail).contains("product kettle has -1 pieces left");
    }

    @Test
    void aPieceThatIsGoneUnsoldIsNamedWithTheOrdersForIt() {
        left = 7;
        ledger = newestFirst(
                new Movement("ADJUSTED", 10, 0),
                new Movement("RESERVED", -2, 2),
                new Movement("SOLD", 0, -2),
                new Movement("ADJUSTED", -1, 0));

        assertBreach(
                Rule.STOCK,
                "product kettle had 10 pieces and sold 2, and has 7 left; ordered by [paid PAID, declined CANCELLED]");
    }

    @Test
    void aLedgerThatDoesNotAddUpIsNamed() {
        ledger = newestFirst(
                new Movement("ADJUSTED", 10, 0), new Movement("RESERVED", -3, 3), new Movement("SOLD", 0, -3));

        assertBreach(
                Rule.STOCK, "its ledger says 7 left, 0 reserved, 3 sold; the catalog says 8 left, the orders 2 sold");
    }

    @Test
    void stockThatStaysReservedIsNamed() {
        ledger = newestFirst(
                new Movement("ADJUSTED", 12, 0),
                new Movement("RESERVED", -2, 2),
                new Movement("RESERVED", -2, 2),
                new Movement("SOLD", 0, -2));

        assertBreach(Rule.STOCK, "8 left, 2 reserved, 2 sold");
    }

    @Test
    void aLedgerThatWasBelowZeroInBetweenIsNamed() {
        ledger = newestFirst(
                new Movement("ADJUSTED", 1, 0),
                new Movement("RESERVED", -2, 2),
                new Movement("ADJUSTED", 9, 0),
                new Movement("SOLD", 0, -2));

        assertBreach(Rule.STOCK, "product kettle: its ledger goes down to -1 available");
    }

    @Test
    void ofALedgerThatIsTooLongToBeToldNoSumIsMade() {
        ledger = Collections.nCopies(100, new Movement("RESERVED", -2, 2));

        assertThat(check()).isEmpty();
    }

    @Test
    void anErrorOfTheServersOwnIsNamed() {
        serverErrors.add("GET /cart: 500");

        assertBreach(Rule.ERRORS, "GET /cart: 500");
    }

    @Test
    void anUnexpectedAnswerIsNamed() {
        checkouts.set(2, checkout(2, Set.of(), new Outcome.Failed("POST /cart/add: 404")));

        assertBreach(Rule.ERRORS, "checkout 2 by shopper-3 (card-ok): POST /cart/add: 404");
    }

    private void assertBreach(Rule rule, String detail) {
        assertThat(check()).singleElement().satisfies(breach -> {
            assertThat(breach.rule()).isEqualTo(rule);
            assertThat(breach.detail()).contains(detail);
        });
    }

    private List<Breach> check() {
        return Invariants.check(new Observation(
                started,
                checkouts,
                orders,
                payments,
                Map.of(KETTLE, new Product(initial, left, ledger)),
                serverErrors));
    }

    private static Checkout checkout(int number, Set<String> orders, Outcome outcome) {
        return new Checkout(
                number,
                "shopper-" + (number + 1),
                Optional.of("customer " + number),
                "card-ok",
                Map.of(KETTLE, 2),
                orders,
                orders.isEmpty() ? Optional.empty() : Optional.of(euro(2000)),
                outcome);
    }

    private static Order order(String id, int customer, String status, long total) {
        return new Order(
                id, "customer " + customer, status, euro(total), List.of(new Line(KETTLE, 2, euro(1000), euro(2000))));
    }

    private static Payment payment(String status, long amount) {
        return new Payment(status, Optional.of(euro(amount)));
    }

    private static Money euro(long amount) {
        return new Money(amount, "EUR");
    }

    private static List<Movement> newestFirst(Movement... movements) {
        return List.of(movements).reversed();
    }
}
