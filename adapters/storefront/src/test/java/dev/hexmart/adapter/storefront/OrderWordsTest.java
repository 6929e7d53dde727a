package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderWordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Page.Step PLACED = new Page.Step(OrderStatus.PENDING, NOON, "Placed");
    private static final Page.Step RESERVED = new Page.Step(OrderStatus.RESERVED, NOON, "Held until one");
    private static final Page.Step DECLINED = new Page.Step(OrderStatus.RESERVED, NOON, "Payment declined: No money");
    private static final Page.Step PAID = new Page.Step(OrderStatus.PAID, NOON, "Paid");
    private static final Page.Step REFUNDED_IN_PART = new Page.Step(OrderStatus.PAID, NOON, "Given back: 1.00 EUR");

    @ParameterizedTest
    @CsvSource({
        "'', 0, Your order is reserved, Pay before the payment deadline.",
        "card-slow, 0, Your payment is on its way, The order is reserved; the payment is being processed.",
        "card-declined, 1, The payment was declined, Nothing was charged"
    })
    void reservedOrderIsWordedByItsPayment(String method, int declined, String headline, String explanation) {
        Page.Order order = order(
                OrderStatus.RESERVED,
                Optional.empty(),
                Optional.of(method).filter(text -> !text.isEmpty()),
                declined,
                PLACED,
                RESERVED);
        assertThat(OrderWords.headline(order)).isEqualTo(headline);
        assertThat(OrderWords.explanation(order)).startsWith(explanation);
    }

    @Test
    void partlyRefundedOrderDoesNotClaimThatAllIsPaid() {
        assertThat(OrderWords.explanation(order(OrderStatus.PAID, PLACED, RESERVED, PAID)))
                .isEqualTo("Everything you ordered is yours.");
        assertThat(OrderWords.explanation(order(OrderStatus.PAID, PLACED, RESERVED, PAID, REFUNDED_IN_PART)))
                .startsWith("A part of the payment was refunded");
    }

    @Test
    void cancellationReasonsHaveDifferentWords() {
        List<Page.Order> orders = Arrays.stream(CancellationReason.values())
                .map(reason -> cancelled(reason, PLACED))
                .toList();
        assertThat(orders).extracting(OrderWords::headline).doesNotHaveDuplicates();
        assertThat(orders).extracting(OrderWords::explanation).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(CancellationReason.class)
    void cancellationNoteIsShownUnlessTheTimeToPayRanOut(CancellationReason reason) {
        Page.Step step = new Page.Step(OrderStatus.CANCELLED, NOON, "Kettle: 1 left");
        boolean late = reason == CancellationReason.EXPIRED || reason == CancellationReason.PAYMENT_DECLINED;
        assertThat(OrderWords.note(cancelled(reason, PLACED, step), step))
                .isEqualTo(late ? Optional.empty() : Optional.of("Kettle: 1 left"));
    }

    @Test
    void repeatedStatusIsHeadedByItsNote() {
        Page.Order order = order(OrderStatus.RESERVED, PLACED, RESERVED, DECLINED);
        assertThat(order.history())
                .extracting(step -> OrderWords.heading(order, step))
                .containsExactly("Placed", "Reserved", "Payment declined: No money");
    }

    private static Page.Order cancelled(CancellationReason reason, Page.Step... history) {
        return order(OrderStatus.CANCELLED, Optional.of(reason), Optional.empty(), 0, history);
    }

    static Page.Order order(OrderStatus status, Page.Step... history) {
        return order(status, Optional.empty(), Optional.empty(), 0, history);
    }

    private static Page.Order order(
            OrderStatus status,
            Optional<CancellationReason> reason,
            Optional<String> method,
            int declined,
            Page.Step... history) {
        return new Page.Order(
                "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10",
                status,
                reason,
                List.of(),
                Money.of(200, "EUR"),
                NOON,
                method,
                declined,
                List.of(history),
                List.of(),
                "key",
                Optional.empty());
    }
}
