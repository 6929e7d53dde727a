package dev.hexmart.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundTest {

    /** Every state × what is asked for: everything, all that is left by its amount, a part, a part with its goods, too much. */
    private static final String TABLE = """
        Requested     , NothingPaid     , NothingPaid , NothingPaid , NothingPaid  , NothingPaid
        Unknown       , NothingPaid     , NothingPaid , NothingPaid , NothingPaid  , NothingPaid
        Declined      , NothingPaid     , NothingPaid , NothingPaid , NothingPaid  , NothingPaid
        Voided        , NothingPaid     , NothingPaid , NothingPaid , NothingPaid  , NothingPaid
        Captured      , Refunding       , Refunding   , PartRefunding , GoodsOfAPart , NotThatMuch
        PartRefunded  , Refunding       , Refunding   , PartRefunding , GoodsOfAPart , NotThatMuch
        PartRefunding , Refunding       , UnderWay    , UnderWay    , GoodsOfAPart , UnderWay
        Refunding     , none            , UnderWay    , UnderWay    , GoodsOfAPart , UnderWay
        Refunded      , none            , NotThatMuch , NotThatMuch , GoodsOfAPart , NotThatMuch
        """;

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final Charge CHARGE = Charge.first(
            new OrderId(UUID.randomUUID()),
            new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
            euros(20),
            new PaymentMethod("card-ok"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = TABLE)
    void aRefundIsDecidedByTheStateOfThePayment(
            String state, String everything, String rest, String part, String partWithGoods, String tooMuch) {
        Payment payment = state(state);
        Money left = euros(state.equals("PartRefunded") ? 15 : 20);
        assertThat(Stream.of(
                                refund(payment, Optional.empty(), Optional.empty()),
                                refund(payment, Optional.of(left), Optional.empty()),
                                refund(payment, Optional.of(euros(5)), Optional.of(Goods.OUTSTANDING)),
                                refund(payment, Optional.of(euros(5)), Optional.of(Goods.RETURNED)),
                                refund(payment, Optional.of(euros(21)), Optional.empty()))
                        .map(RefundTest::described))
                .containsExactly(everything, rest, part, partWithGoods, tooMuch);
    }

    @Test
    void theTableHasEveryState() {
        assertThat(TABLE.lines().map(row -> row.split(",")[0].strip()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Payment.class, Payment.Charged.class)
                        .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                        .filter(Class::isRecord)
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void theGoodsOfAFullRefundAreDecidedOnce() {
        for (String state : List.of("Refunding", "Refunded")) {
            assertThat(refund(state(state), Optional.empty(), Optional.of(Goods.OUTSTANDING)))
                    .isEqualTo(new Refund.GoodsAreDecided(Goods.RETURNED));
            assertThat(refund(state(state), Optional.empty(), Optional.of(Goods.RETURNED)))
                    .isInstanceOf(Refund.Granted.class);
        }
    }

    @Test
    void aRefundedPaymentHasNothingLeftInItsOwnCurrency() {
        assertThat(refund(state("Refunded"), Optional.of(Money.of(1, "JPY")), Optional.empty()))
                .isEqualTo(new Refund.NotThatMuch(euros(0)));
    }

    private static Refund refund(Payment payment, Optional<Money> amount, Optional<Goods> goods) {
        return Refund.of(payment, amount, goods, NOW);
    }

    private static String described(Refund refund) {
        return switch (refund) {
            case Refund.Granted(Decision decision) ->
                decision.next().map(next -> next.getClass().getSimpleName()).orElse("none");
            case Refund.Refused refused -> refused.getClass().getSimpleName();
        };
    }

    private static Payment state(String name) {
        return switch (name) {
            case "Requested" -> new Payment.Requested(CHARGE, NOW, 1);
            case "Unknown" -> new Payment.Unknown(CHARGE, 1, NOW, 2);
            case "Captured" -> new Payment.Captured(CHARGE, "reference", 3);
            case "Declined" -> new Payment.Declined(CHARGE, "No money", 3);
            case "PartRefunding" -> new Payment.PartRefunding(CHARGE, "reference", euros(0), euros(5), 1, 0, NOW, 4);
            case "PartRefunded" -> new Payment.PartRefunded(CHARGE, "reference", euros(5), 1, 5);
            case "Refunding" -> new Payment.Refunding(CHARGE, 0, NOW, 4);
            case "Refunded" -> new Payment.Refunded(CHARGE, Goods.RETURNED, 5);
            case "Voided" -> new Payment.Voided(CHARGE.order(), Optional.of(CHARGE), 3);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Money euros(int amount) {
        return Money.of(amount * 100L, "EUR");
    }
}
