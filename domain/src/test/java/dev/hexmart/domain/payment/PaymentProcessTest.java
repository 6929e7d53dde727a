package dev.hexmart.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.payment.Payment.Captured;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.Payment.Declined;
import dev.hexmart.domain.payment.Payment.PartRefunded;
import dev.hexmart.domain.payment.Payment.PartRefunding;
import dev.hexmart.domain.payment.Payment.Refunded;
import dev.hexmart.domain.payment.Payment.Refunding;
import dev.hexmart.domain.payment.Payment.Requested;
import dev.hexmart.domain.payment.Payment.Unknown;
import dev.hexmart.domain.payment.Payment.Voided;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.payment.ProviderAnswer.ToCapture;
import dev.hexmart.domain.payment.ProviderAnswer.ToRefund;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentProcessTest {

    /** Every state × every command, question and answer: where the payment stands then, and what the order is told. */
    private static final String TABLE = """
        None      | capture                | Requested |
        None      | pay                    | Requested |
        None      | refund                 | Voided    |
        Requested | capture                |           |
        Requested | pay                    |           |
        Requested | refund                 | Voided    |
        Requested | question               | Unknown   |
        Requested | captured               | Captured  | PaymentCaptured
        Requested | declined               |           |
        Requested | silence on the capture |           |
        Requested | refunded               |           |
        Requested | nothing captured       |           |
        Requested | silence on the refund  |           |
        Unknown   | capture                |           |
        Unknown   | pay                    |           |
        Unknown   | refund                 | Refunding |
        Unknown   | question               | Unknown   |
        Unknown   | captured               | Captured  | PaymentCaptured
        Unknown   | declined               | Declined  | PaymentDeclined
        Unknown   | silence on the capture | Unknown   |
        Unknown   | refunded               |           |
        Unknown   | nothing captured       |           |
        Unknown   | silence on the refund  |           |
        Captured  | capture                |           | PaymentCaptured
        Captured  | pay                    |           | PaymentCaptured
        Captured  | refund                 | Refunding |
        Captured  | question               |           |
        Captured  | captured               |           |
        Captured  | declined               |           |
        Captured  | silence on the capture |           |
        Captured  | refunded               |           |
        Captured  | nothing captured       |           |
        Captured  | silence on the refund  |           |
        Declined  | capture                |           | PaymentDeclined
        Declined  | pay                    | Requested |
        Declined  | refund                 | Voided    |
        Declined  | question               |           |
        Declined  | captured               | Captured  | PaymentCaptured
        Declined  | declined               |           |
        Declined  | silence on the capture |           |
        Declined  | refunded               |           |
        Declined  | nothing captured       |           |
        Declined  | silence on the refund  |           |
        PartRefunding | capture         |  | PaymentCaptured
        PartRefunding | pay         |  | PaymentCaptured
        PartRefunding | refund         | Refunding |
        PartRefunding | question | PartRefunding |
        PartRefunding | captured |  |
        PartRefunding | declined |  |
        PartRefunding | silence on the capture |  |
        PartRefunding | refunded |  |
        PartRefunding | nothing captured |  |
        PartRefunding | silence on the refund |  |
        PartRefunded | capture         |  | PaymentCaptured
        PartRefunded | pay         |  | PaymentCaptured
        PartRefunded | refund         | Refunding |
        PartRefunded | question |  |
        PartRefunded | captured |  |
        PartRefunded | declined |  |
        PartRefunded | silence on the capture |  |
        PartRefunded | refunded |  |
        PartRefunded | nothing captured |  |
        PartRefunded | silence on the refund |  |
        Requested | refund a part         |  |
        Requested | part refunded |  |
        Requested | part not captured |  |
        Requested | silence on the part |  |
        Unknown | refund a part         |  |
        Unknown | part refunded |  |
        Unknown | part not captured |  |
        Unknown | silence on the part |  |
        Captured | refund a part         | PartRefunding |
        Captured | part refunded |  |
        Captured | part not captured |  |
        Captured | silence on the part |  |
        Declined | refund a part         |  |
        Declined | part refunded |  |
        Declined | part not captured |  |
        Declined | silence on the part |  |
        PartRefunding | refund a part         |  |
        PartRefunding | part refunded | PartRefunded | PaymentPartlyRefunded
        PartRefunding | part not captured | PartRefunded |
        PartRefunding | silence on the part | PartRefunding |
        PartRefunded | refund a part         | PartRefunding |
        PartRefunded | part refunded |  |
        PartRefunded | part not captured |  |
        PartRefunded | silence on the part |  |
        Refunding | refund a part         |  |
        Refunding | part refunded |  |
        Refunding | part not captured |  |
        Refunding | silence on the part |  |
        Refunded | refund a part         |  |
        Refunded | part refunded |  |
        Refunded | part not captured |  |
        Refunded | silence on the part |  |
        Voided | refund a part         |  |
        Voided | part refunded |  |
        Voided | part not captured |  |
        Voided | silence on the part |  |
        Refunding | capture                |           |
        Refunding | pay                    |           |
        Refunding | refund                 |           |
        Refunding | question               | Refunding |
        Refunding | captured               |           |
        Refunding | declined               |           |
        Refunding | silence on the capture |           |
        Refunding | refunded               | Refunded  | PaymentRefunded
        Refunding | nothing captured       | Voided    |
        Refunding | silence on the refund  | Refunding |
        Refunded  | capture                |           |
        Refunded  | pay                    |           |
        Refunded  | refund                 |           | PaymentRefunded
        Refunded  | question               |           |
        Refunded  | captured               |           |
        Refunded  | declined               |           |
        Refunded  | silence on the capture |           |
        Refunded  | refunded               |           |
        Refunded  | nothing captured       |           |
        Refunded  | silence on the refund  |           |
        Voided    | capture                |           |
        Voided    | pay                    |           |
        Voided    | refund                 |           |
        Voided    | question               |           |
        Voided    | captured               | Refunding |
        Voided    | declined               |           |
        Voided    | silence on the capture |           |
        Voided    | refunded               |           |
        Voided    | nothing captured       |           |
        Voided    | silence on the refund  |           |
        """;

    private static final List<String> COMMANDS = List.of("capture", "pay", "refund");
    private static final List<String> QUESTIONS_AND_ANSWERS = List.of(
            "question",
            "captured",
            "declined",
            "silence on the capture",
            "refunded",
            "nothing captured",
            "silence on the refund",
            "refund a part",
            "part refunded",
            "part not captured",
            "silence on the part");

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final Charge charge = Charge.first(
            new OrderId(UUID.randomUUID()),
            new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
            Money.of(1999, "EUR"),
            new PaymentMethod("card-ok"));
    private final OrderId order = charge.order();

    static Stream<Arguments> cells() {
        return TABLE.lines()
                .map(row -> Arguments.of(
                        Stream.of(row.split("\\|", -1)).map(String::strip).toArray()));
    }

    @ParameterizedTest(name = "{0} × {1}")
    @MethodSource("cells")
    void aPaymentGoesOnAsTheTableSays(String state, String trigger, String next, String messages) {
        Optional<Payment> current = state(state);
        Decision decision = decide(current, trigger);
        assertThat(decision.next().map(it -> it.getClass().getSimpleName()).orElse(""))
                .isEqualTo(next);
        assertThat(decision.messages().stream()
                        .map(message -> message.getClass().getSimpleName())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(messages);
        assertThat(decision.messages()).allMatch(message -> message.order().equals(order));
        decision.next().ifPresent(payment -> {
            assertThat(payment.order()).isEqualTo(order);
            assertThat(payment.version())
                    .isEqualTo(current.map(Payment::version).orElse(0) + 1);
            assertThat(payment.demand())
                    .isEqualTo(
                            current.isEmpty() && trigger.equals("refund")
                                    ? Optional.empty()
                                    : Optional.of(
                                            state.equals("Declined") && trigger.equals("pay") ? attempt(2) : charge));
        });
    }

    @Test
    void tableIsComplete() {
        Stream<String> commands = Stream.concat(Stream.of("None"), states())
                .flatMap(state -> COMMANDS.stream().map(command -> state + "×" + command));
        Stream<String> answers =
                states().flatMap(state -> QUESTIONS_AND_ANSWERS.stream().map(answer -> state + "×" + answer));
        assertThat(cells().map(Arguments::get).map(cell -> cell[0] + "×" + cell[1]))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(commands, answers).toList());
        assertThat(QUESTIONS_AND_ANSWERS)
                .hasSize(2
                        + ToCapture.class.getPermittedSubclasses().length
                        + 2 * ToRefund.class.getPermittedSubclasses().length);
    }

    @Test
    void attemptIsStoredBeforeItIsSentAndLockedUntilItsDeadline() {
        Payment asked =
                PaymentProcess.asking(new Requested(charge, NOW, 1), NOW).orElseThrow();
        assertThat(asked).isEqualTo(new Unknown(charge, 1, NOW.plus(PaymentProcess.ANSWER_DEADLINE), 2));
        assertThat(PaymentProcess.asking(asked, NOW)).isEmpty();
        assertThat(PaymentProcess.asking(
                        asked, NOW.plus(PaymentProcess.ANSWER_DEADLINE).minusNanos(1)))
                .isEmpty();
        assertThat(PaymentProcess.asking(asked, NOW.plus(PaymentProcess.ANSWER_DEADLINE)))
                .contains(new Unknown(charge, 2, NOW.plus(PaymentProcess.ANSWER_DEADLINE.multipliedBy(2)), 3));
    }

    @Test
    void aRefundIsAskedForAtOnceAndNotedBeforeToo() {
        Payment refunding = PaymentProcess.refund(Optional.of(new Captured(charge, "reference", 3)), order, NOW)
                .next()
                .orElseThrow();
        assertThat(PaymentProcess.asking(refunding, NOW))
                .contains(new Refunding(charge, 1, NOW.plus(PaymentProcess.ANSWER_DEADLINE), 5));
    }

    @Test
    void afterSilenceOnePatientlyAsksAgain() {
        Payment unknown = new Unknown(charge, 2, NOW.plusSeconds(9), 3);
        assertThat(PaymentProcess.answered(unknown, charge, new ToCapture.NoAnswer(), NOW)
                        .next())
                .contains(new Unknown(charge, 2, NOW.plusSeconds(4), 4));
        Payment refunding = new Refunding(charge, 3, NOW.plusSeconds(9), 3);
        assertThat(PaymentProcess.answered(refunding, new ToRefund.NoAnswer(), NOW)
                        .next())
                .contains(new Refunding(charge, 3, NOW.plusSeconds(16), 4));
    }

    @Test
    void afterSilenceOnWhatIsNotNotedAsAskedOneAsksAgainSoon() {
        Payment wanted = new Refunding(charge, 0, NOW, 3);
        assertThat(PaymentProcess.answered(wanted, new ToRefund.NoAnswer(), NOW).next())
                .contains(new Refunding(charge, 0, NOW.plusSeconds(1), 4));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S", "1, PT1S", "2, PT4S", "3, PT16S", "4, PT64S", "5, PT5M", "6, PT5M", "2147483647, PT5M"})
    void patienceGrowsAndThenStays(int attempts, Duration patience) {
        assertThat(Payment.backoff(attempts)).isEqualTo(patience);
    }

    @ParameterizedTest
    @CsvSource({
        "Requested, PENDING",
        "Unknown, PENDING",
        "Captured, PAID",
        "Declined, DECLINED",
        "PartRefunding, REFUNDING",
        "PartRefunded, PAID",
        "Refunding, REFUNDING",
        "Refunded, REFUNDED",
        "Voided, VOIDED"
    })
    void aCustomerIsToldWhereThePaymentStands(String state, PaymentStatus status) {
        assertThat(state(state).orElseThrow().status()).isEqualTo(status);
    }

    @Test
    void anAttemptAfterADeclinedOneHasANumberOfItsOwn() {
        Decision decision = PaymentProcess.pay(state("Declined"), charge, NOW);
        assertThat(decision.next()).contains(new Requested(attempt(2), NOW, 4));
        Payment asked =
                PaymentProcess.asking(decision.next().orElseThrow(), NOW).orElseThrow();
        assertThat(PaymentProcess.answered(asked, attempt(2), new ToCapture.Declined("No money"), NOW)
                        .messages())
                .containsExactly(new PaymentDeclined(order, 2, "No money"));
    }

    @Test
    void aPaymentDeclinedTenTimesCannotBeTriedAgain() {
        List<Integer> tried = new ArrayList<>();
        Optional<Payment> current = Optional.empty();
        for (int command = 1; command <= 20; command++) {
            Optional<Payment> next = PaymentProcess.pay(current, charge, NOW).next();
            if (next.isPresent()) {
                Charge attempt = next.get().demand().orElseThrow();
                tried.add(attempt.attempt());
                current =
                        Optional.of(new Declined(attempt, "No money", next.get().version() + 1));
            }
        }
        assertThat(tried).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void thatAnEarlierAttemptWasDeclinedSaysNothingOfTheLaterOne() {
        Payment later = new Unknown(attempt(2), 1, NOW, 5);
        for (ToCapture late : List.of(new ToCapture.Declined("No money"), new ToCapture.NoAnswer())) {
            assertThat(PaymentProcess.answered(later, charge, late, NOW))
                    .isEqualTo(new Decision(Optional.empty(), List.of()));
        }
    }

    @Test
    void thatAnEarlierAttemptWasCapturedEndsTheLaterOne() {
        Decision captured =
                new Decision(Optional.of(new Captured(charge, "reference", 6)), List.of(new PaymentCaptured(order)));
        for (Payment later : List.of(
                new Requested(attempt(2), NOW, 5),
                new Unknown(attempt(2), 1, NOW, 5),
                new Declined(attempt(2), "No money", 5))) {
            assertThat(PaymentProcess.answered(later, charge, new ToCapture.Captured("reference"), NOW))
                    .isEqualTo(captured);
        }
        assertThat(PaymentProcess.answered(
                        new Captured(attempt(2), "other", 5), charge, new ToCapture.Captured("reference"), NOW))
                .isEqualTo(new Decision(Optional.empty(), List.of()));
    }

    @Test
    void partsAddUpAndNeverToMoreThanWasCaptured() {
        Payment captured = state("Captured").orElseThrow();
        for (Money wrong :
                List.of(Money.of(0, "EUR"), Money.of(1999, "EUR"), Money.of(2000, "EUR"), Money.of(5, "USD"))) {
            assertThat(PaymentProcess.refundPart(captured, wrong, NOW)).isEmpty();
        }
        Payment first = PaymentProcess.refundPart(captured, euros(15), NOW).orElseThrow();
        Decision given = PaymentProcess.answeredPart(first, 1, new ToRefund.Refunded(), NOW);
        assertThat(given.messages()).containsExactly(new PaymentPartlyRefunded(order, euros(15), euros(15)));
        Payment rest = given.next().orElseThrow();
        assertThat(PaymentProcess.left(rest)).contains(Money.of(499, "EUR"));
        assertThat(PaymentProcess.refundPart(rest, euros(5), NOW)).isEmpty();
        Payment second =
                PaymentProcess.refundPart(rest, Money.of(498, "EUR"), NOW).orElseThrow();
        assertThat(PaymentProcess.answeredPart(second, 1, new ToRefund.Refunded(), NOW)
                        .next())
                .isEmpty();
        assertThat(PaymentProcess.answeredPart(second, 2, new ToRefund.Refunded(), NOW)
                        .messages())
                .containsExactly(new PaymentPartlyRefunded(order, Money.of(498, "EUR"), Money.of(1998, "EUR")));
    }

    @Test
    void providerOutcomeIsKept() {
        Payment unknown = state("Unknown").orElseThrow();
        assertThat(PaymentProcess.answered(unknown, charge, new ToCapture.Captured("ref-1"), NOW)
                        .next())
                .contains(new Captured(charge, "ref-1", unknown.version() + 1));
        assertThat(PaymentProcess.answered(unknown, charge, new ToCapture.Declined("No money"), NOW)
                        .next())
                .contains(new Declined(charge, "No money", unknown.version() + 1));
    }

    private Charge attempt(int number) {
        return new Charge(order, number, charge.customer(), charge.amount(), charge.method());
    }

    private Optional<Payment> state(String name) {
        return switch (name) {
            case "None" -> Optional.empty();
            case "Requested" -> Optional.of(new Requested(charge, NOW, 1));
            case "Unknown" -> Optional.of(new Unknown(charge, 1, NOW, 2));
            case "Captured" -> Optional.of(new Captured(charge, "reference", 3));
            case "Declined" -> Optional.of(new Declined(charge, "No money", 3));
            case "PartRefunding" ->
                Optional.of(new PartRefunding(charge, "reference", euros(5), euros(7), 2, 1, NOW, 5));
            case "PartRefunded" -> Optional.of(new PartRefunded(charge, "reference", euros(5), 1, 5));
            case "Refunding" -> Optional.of(new Refunding(charge, 1, NOW, 5));
            case "Refunded" -> Optional.of(new Refunded(charge, Goods.RETURNED, 6));
            case "Voided" -> Optional.of(new Voided(order, Optional.of(charge), 2));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Decision decide(Optional<Payment> current, String trigger) {
        return switch (trigger) {
            case "capture" -> PaymentProcess.capture(current, charge, NOW);
            case "pay" -> PaymentProcess.pay(current, charge, NOW);
            case "refund" -> PaymentProcess.refund(current, order, NOW);
            case "question" -> new Decision(current.flatMap(it -> PaymentProcess.asking(it, NOW)), List.of());
            case "refund a part" ->
                new Decision(current.flatMap(it -> PaymentProcess.refundPart(it, euros(5), NOW)), List.of());
            case "part refunded" -> answeredPart(current, new ToRefund.Refunded());
            case "part not captured" -> answeredPart(current, new ToRefund.NothingCaptured());
            case "silence on the part" -> answeredPart(current, new ToRefund.NoAnswer());
            case "captured" -> answered(current, new ToCapture.Captured("reference"));
            case "declined" -> answered(current, new ToCapture.Declined("No money"));
            case "silence on the capture" -> answered(current, new ToCapture.NoAnswer());
            case "refunded" -> answered(current, new ToRefund.Refunded());
            case "nothing captured" -> answered(current, new ToRefund.NothingCaptured());
            case "silence on the refund" -> answered(current, new ToRefund.NoAnswer());
            default -> throw new IllegalArgumentException(trigger);
        };
    }

    private Decision answered(Optional<Payment> current, ToCapture answer) {
        return PaymentProcess.answered(current.orElseThrow(), charge, answer, NOW);
    }

    private static Decision answeredPart(Optional<Payment> current, ToRefund answer) {
        return PaymentProcess.answeredPart(current.orElseThrow(), 2, answer, NOW);
    }

    private static Money euros(int euros) {
        return Money.of(euros * 100L, "EUR");
    }

    private static Decision answered(Optional<Payment> current, ToRefund answer) {
        return PaymentProcess.answered(current.orElseThrow(), answer, NOW);
    }

    private static Stream<String> states() {
        return Stream.of(Payment.class, Payment.Charged.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .map(Class::getSimpleName);
    }
}
