package dev.hexmart.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.HistoryNote.Milestone;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryNoteJsonTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final OrderLine KETTLE = line("Kettle", 3998);
    private static final OrderLine TOASTER = line("Toaster", 2999);
    private static final Order ORDER = Order.Placed.of(new Purchase(
            new OrderId(UUID.randomUUID()),
            new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
            List.of(KETTLE, TOASTER),
            Optional.empty(),
            NOON,
            NOON.plusSeconds(900)));

    static Stream<Arguments> notesWithTheirWords() {
        return Stream.of(
                Arguments.of(Milestone.PLACED, "Placed"),
                Arguments.of(Milestone.STOCK_HELD, "Its stock is held until 2026-03-02T12:15:00Z"),
                Arguments.of(Milestone.PAID, "Paid"),
                Arguments.of(Milestone.REFUNDED_TOO_EARLY, "Its money has been given back"),
                Arguments.of(Milestone.PAID_TOO_LATE, "Paid too late; the money goes back"),
                Arguments.of(Milestone.LATE_MONEY_REFUNDED, "The money has been given back"),
                Arguments.of(
                        new HistoryNote.SoldOut(List.of(TOASTER.product(), KETTLE.product())),
                        "Sold out: Kettle, Toaster"),
                Arguments.of(new HistoryNote.SoldOut(List.of(TOASTER.product())), "Sold out: Toaster"),
                Arguments.of(new HistoryNote.Cancelled(CancellationReason.SOLD_OUT), "Sold out"),
                Arguments.of(
                        new HistoryNote.Cancelled(CancellationReason.PAYMENT_DECLINED),
                        "Not paid by 2026-03-02T12:15:00Z; the last payment was declined"),
                Arguments.of(new HistoryNote.Cancelled(CancellationReason.EXPIRED), "Not paid by 2026-03-02T12:15:00Z"),
                Arguments.of(new HistoryNote.Cancelled(CancellationReason.ON_REQUEST), "Cancelled by the customer"),
                Arguments.of(new HistoryNote.Cancelled(CancellationReason.BY_SHOP), "Cancelled by the shop"),
                Arguments.of(
                        new HistoryNote.Cancelled(CancellationReason.PAID_TOO_EARLY),
                        "Paid before its stock was held; the money goes back"),
                Arguments.of(new HistoryNote.PaymentDeclined("No “money”"), "Payment declined: No “money”"),
                Arguments.of(
                        new HistoryNote.PaidAfterRefund(Money.of(500, "EUR")),
                        "Paid; given back: 5.00 EUR of 69.97 EUR"),
                Arguments.of(
                        new HistoryNote.PartlyRefunded(Money.of(250, "EUR"), Money.of(750, "EUR")),
                        "Given back: 2.50 EUR; 7.50 EUR in all, of 69.97 EUR"),
                Arguments.of(new HistoryNote.Refunded(Goods.RETURNED), "The money has been given back"),
                Arguments.of(
                        new HistoryNote.Refunded(Goods.OUTSTANDING),
                        "The money has been given back; the goods have not come back"),
                Arguments.of(new HistoryNote.Text("As it was"), "As it was"));
    }

    @ParameterizedTest
    @MethodSource("notesWithTheirWords")
    void aNoteIsReadAsItWasStoredAndShownInWords(HistoryNote note, String words) {
        String data = HistoryNoteJson.data(note).toString();
        assertThat(HistoryNoteJson.read(HistoryNoteJson.code(note), data)).isEqualTo(note);
        assertThat(HistoryNoteJson.words(ORDER, note)).isEqualTo(words);
    }

    @Test
    void anUnknownCodeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HistoryNoteJson.read("LOST", "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1250, EUR, 12.50 EUR",
        "5, EUR, 0.05 EUR",
        "0, EUR, 0.00 EUR",
        "500, JPY, 500 JPY",
        "1234567, KWD, 1234.567 KWD"
    })
    void amountInWordsHasTheDecimalsOfItsCurrency(long amount, String currency, String words) {
        assertThat(MoneyJson.words(Money.of(amount, currency))).isEqualTo(words);
    }

    private static OrderLine line(String name, long price) {
        return new OrderLine(new ProductId(UUID.randomUUID()), name, Money.of(price, "EUR"), Quantity.of(1));
    }
}
