package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.payment.Charges;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The numbers that the shop's owner asks for. */
class BusinessTest {

    private final Recorded recorded = Recorded.inside();

    @AfterEach
    void close() {
        recorded.close();
    }

    private static HistoryEntry entry(Purchase purchase, OrderStatus status, Duration after) {
        return new HistoryEntry(status, purchase.placedAt().plus(after), new HistoryNote.Text(""));
    }

    @Test
    void orderOutcomesAreCountedAfterTheCommit() {
        Transactor<OrderingStore> transactor = new OrderNumbers(recorded.telemetry())
                .observed(InMemoryOrdering.create().transactor());
        Purchase purchase = Purchases.ofAKettle();
        Order placed = Order.Placed.of(purchase);
        Order paid = new Order.Paid(
                purchase,
                List.of(placed.history().getFirst(), entry(purchase, OrderStatus.PAID, Duration.ofSeconds(2))));
        assertThatThrownBy(() -> transactor.inTransaction(store -> {
                    store.orders().save(placed);
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);
        save(transactor, placed);
        save(transactor, paid);
        Purchase other = Purchases.ofAKettle();
        save(transactor, Order.Placed.of(other));
        save(
                transactor,
                new Order.Cancelled(
                        other,
                        CancellationReason.SOLD_OUT,
                        List.of(
                                entry(other, OrderStatus.PENDING, Duration.ZERO),
                                entry(other, OrderStatus.CANCELLED, Duration.ofSeconds(1)))));
        assertThat(recorded.numbers())
                .contains("hexmart_orders_total{outcome=\"placed\",reason=\"\"} 2.0")
                .contains("hexmart_orders_total{outcome=\"paid\",reason=\"\"} 1.0")
                .contains("hexmart_orders_total{outcome=\"cancelled\",reason=\"sold_out\"} 1.0")
                .contains("hexmart_orders_total{outcome=\"cancelled\",reason=\"expired\"} 0.0")
                .contains("hexmart_revenue_minor_total{currency=\"EUR\"} 1999.0")
                .contains("hexmart_checkout_duration_seconds_sum 2.0");
    }

    @Test
    void revenueIsCountedWithItsMinorUnits() {
        Transactor<OrderingStore> transactor = new OrderNumbers(recorded.telemetry())
                .observed(InMemoryOrdering.create().transactor());
        for (String code : List.of("EUR", "JPY", "KWD", "UYW")) {
            Purchase purchase = Purchases.ofOnePiece(Money.of(5000, code));
            HistoryEntry placed = entry(purchase, OrderStatus.PENDING, Duration.ZERO);
            save(transactor, Order.Placed.of(purchase));
            save(
                    transactor,
                    new Order.Paid(
                            purchase, List.of(placed, entry(purchase, OrderStatus.PAID, Duration.ofSeconds(2)))));
        }
        assertThat(recorded.numbers())
                .contains("hexmart_revenue_minor_total{currency=\"KWD\"} 5000.0")
                .contains("hexmart_currency_minor_units{currency=\"EUR\"} 100.0")
                .contains("hexmart_currency_minor_units{currency=\"JPY\"} 1.0")
                .contains("hexmart_currency_minor_units{currency=\"KWD\"} 1000.0")
                .contains("hexmart_currency_minor_units{currency=\"UYW\"} 10000.0");
    }

    @Test
    void lateManualPaymentIsNeitherSlowNorAFailure() {
        Transactor<OrderingStore> transactor = new OrderNumbers(recorded.telemetry())
                .observed(InMemoryOrdering.create().transactor());
        Purchase late = Purchases.ofAKettleWithoutAMethod();
        HistoryEntry placed = entry(late, OrderStatus.PENDING, Duration.ZERO);
        save(transactor, Order.Placed.of(late));
        save(transactor, new Order.Paid(late, List.of(placed, entry(late, OrderStatus.PAID, Duration.ofMinutes(14)))));
        Purchase never = Purchases.ofAKettleWithoutAMethod();
        save(transactor, Order.Placed.of(never));
        save(
                transactor,
                new Order.Cancelled(
                        never,
                        CancellationReason.EXPIRED,
                        List.of(
                                entry(never, OrderStatus.PENDING, Duration.ZERO),
                                entry(never, OrderStatus.CANCELLED, Duration.ofMinutes(15)))));
        assertThat(recorded.numbers())
                .contains("hexmart_orders_total{outcome=\"paid\",reason=\"\"} 1.0")
                .contains("hexmart_orders_total{outcome=\"cancelled\",reason=\"abandoned\"} 1.0")
                .contains("hexmart_orders_total{outcome=\"cancelled\",reason=\"expired\"} 0.0")
                .contains("hexmart_checkout_duration_seconds_count 0");
    }

    @Test
    void lateCaptureCountsNoSecondCancellation() {
        Transactor<OrderingStore> transactor = new OrderNumbers(recorded.telemetry())
                .observed(InMemoryOrdering.create().transactor());
        Purchase purchase = Purchases.ofAKettle();
        HistoryEntry placed = entry(purchase, OrderStatus.PENDING, Duration.ZERO);
        HistoryEntry cancelled = entry(purchase, OrderStatus.CANCELLED, Duration.ofMinutes(15));
        HistoryEntry noted = entry(purchase, OrderStatus.CANCELLED, Duration.ofMinutes(16));
        save(transactor, Order.Placed.of(purchase));
        for (List<HistoryEntry> history : List.of(List.of(placed, cancelled), List.of(placed, cancelled, noted))) {
            save(transactor, new Order.Cancelled(purchase, CancellationReason.EXPIRED, history));
        }
        assertThat(recorded.numbers()).contains("hexmart_orders_total{outcome=\"cancelled\",reason=\"expired\"} 1.0");
    }

    private static void save(Transactor<OrderingStore> transactor, Order order) {
        transactor.inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    @Test
    void reservationOutcomesAreCounted() {
        Transactor<CatalogStore> transactor = new StockNumbers(recorded.telemetry())
                .observed(InMemoryCatalog.create().transactor());
        OrderId order = Purchases.newOrder();
        transactor.inTransaction(store -> {
            store.reservations().save(new Reservation.Rejected(order, List.of()));
            return order;
        });
        assertThat(recorded.numbers())
                .contains("hexmart_stock_reservations_total{outcome=\"rejected\"} 1.0")
                .contains("hexmart_stock_reservations_total{outcome=\"held\"} 0.0");
    }

    @Test
    void providerOutcomeIsMeasuredAndTraced() {
        PaymentProvider silent = new PaymentProvider() {
            @Override
            public List<PaymentMethodOffer> methods() {
                return List.of();
            }

            @Override
            public ProviderAnswer.ToCapture capture(Charge charge) {
                return new ProviderAnswer.ToCapture.NoAnswer();
            }

            @Override
            public ProviderAnswer.ToRefund refund(OrderId order) {
                return new ProviderAnswer.ToRefund.Refunded();
            }

            @Override
            public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
                return new ProviderAnswer.ToRefund.Refunded();
            }
        };
        PaymentProvider observed = new ProviderCalls(recorded.telemetry()).observed(silent);
        assertThat(observed.refund(Purchases.newOrder())).isEqualTo(new ProviderAnswer.ToRefund.Refunded());
        assertThat(observed.capture(Charges.ofAKettle())).isEqualTo(new ProviderAnswer.ToCapture.NoAnswer());
        assertThat(recorded.span("refund payment").toString()).contains("refunded");
        assertThat(recorded.span("capture payment").toString()).contains("silence");
        assertThat(recorded.numbers())
                .contains(
                        "hexmart_payment_provider_duration_seconds_count{operation=\"capture\",outcome=\"silence\"} 1")
                .contains(
                        "hexmart_payment_provider_duration_seconds_count{operation=\"refund\",outcome=\"refunded\"} 1");
    }
}
