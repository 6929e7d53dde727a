package dev.hexmart.application.payment;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The payments in memory, for one transaction. */
public final class InMemoryPaymentRepository implements PaymentRepository {

    private final Rows<OrderId, Payment> payments;

    InMemoryPaymentRepository(Rows<OrderId, Payment> payments) {
        this.payments = payments;
    }

    @Override
    public Optional<Payment> find(OrderId order) {
        return payments.find(order);
    }

    @Override
    public Map<OrderId, Payment> find(Collection<OrderId> orders) {
        return orders.stream()
                .distinct()
                .flatMap(order -> payments.find(order).stream())
                .collect(Collectors.toMap(Payment::order, payment -> payment));
    }

    @Override
    public void save(Payment payment) {
        int present = payments.find(payment.order()).map(Payment::version).orElse(0);
        if (present != payment.version() - 1) {
            throw new StaleVersion("The payment of order " + payment.order());
        }
        payments.put(payment.order(), payment);
    }

    @Override
    public List<OrderId> due(Instant now, int limit) {
        return payments.all().stream()
                .filter(payment ->
                        payment.askAt().filter(at -> !at.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(
                                (Payment payment) -> payment.askAt().orElseThrow())
                        .thenComparing(Payment::order))
                .limit(limit)
                .map(Payment::order)
                .toList();
    }
}
