package dev.hexmart.adapter.postgres.payment;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.payment.PaymentRepository;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.payment.Payment;
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
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one payment of each order: that there is never a second is the primary key's promise. */
final class PostgresPaymentRepository implements PaymentRepository {

    private enum State {
        REQUESTED,
        UNKNOWN,
        CAPTURED,
        DECLINED,
        PART_REFUNDING,
        PART_REFUNDED,
        REFUNDING,
        REFUNDED,
        VOIDED
    }

    private final Sql sql;

    PostgresPaymentRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Payment> find(OrderId order) {
        return sql.statement("""
                SELECT order_id, state, charge_attempt, customer_tenant, customer_object, amount, currency, method,
                       attempts, ask_at, reference, reason, refunded, part, part_number, goods, version
                FROM payment
                WHERE order_id = :order
                """).with("order", order.value()).first(PostgresPaymentRepository::payment);
    }

    @Override
    public void save(Payment payment) {
        int saved = payment.version() == 1 ? insert(payment) : update(payment);
        if (saved == 0) {
            throw new StaleVersion("The payment of order " + payment.order());
        }
    }

    @Override
    public List<OrderId> due(Instant now, int limit) {
        return sql.statement("""
                SELECT order_id FROM payment
                WHERE ask_at <= :now
                ORDER BY ask_at, order_id
                LIMIT :limit
                """).with("now", now).with("limit", limit).list(row -> new OrderId(row.uuid("order_id")));
    }

    private int insert(Payment payment) {
        return onAll("""
                INSERT INTO payment
                    (order_id, state, charge_attempt, customer_tenant, customer_object, amount, currency, method,
                     attempts, ask_at, reference, reason, refunded, part, part_number, goods, version)
                VALUES (:order, :state, :attempt, :tenant, :object, :amount, :currency, :method,
                        :attempts, :askAt, :reference, :reason, :refunded, :part, :partNumber, :goods, :version)
                ON CONFLICT (order_id) DO NOTHING
                """, payment).update();
    }

    private int update(Payment payment) {
        return onAll("""
                UPDATE payment
                SET state = :state, charge_attempt = :attempt, customer_tenant = :tenant, customer_object = :object, amount = :amount,
                    currency = :currency, method = :method, attempts = :attempts, ask_at = :askAt,
                    reference = :reference, reason = :reason, refunded = :refunded, part = :part,
                    part_number = :partNumber, goods = :goods, version = :version
                WHERE order_id = :order AND version = :version - 1
                """, payment).update();
    }

    private Sql.Statement onAll(String text, Payment payment) {
        Optional<Charge> charge = payment.demand();
        return sql.statement(text)
                .with("order", payment.order().value())
                .with("state", state(payment))
                .with("attempt", charge.map(Charge::attempt).orElse(1))
                .with("tenant", charge.map(it -> it.customer().tenant()))
                .with("object", charge.map(it -> it.customer().object()))
                .with("amount", charge.map(it -> it.amount().amount()))
                .with("currency", charge.map(it -> it.amount().currency().code()))
                .with("method", charge.map(it -> it.method().token()))
                .with("attempts", attempts(payment))
                .with("askAt", payment.askAt())
                .with("reference", reference(payment))
                .with("refunded", refunded(payment))
                .with(
                        "part",
                        payment instanceof PartRefunding it
                                ? Optional.of(it.part().amount())
                                : Optional.empty())
                .with("partNumber", partNumber(payment))
                .with("goods", goods(payment))
                .with("reason", payment instanceof Declined it ? Optional.of(it.reason()) : Optional.empty())
                .with("version", payment.version());
    }

    private static State state(Payment payment) {
        return switch (payment) {
            case Requested _ -> State.REQUESTED;
            case Unknown _ -> State.UNKNOWN;
            case Captured _ -> State.CAPTURED;
            case Declined _ -> State.DECLINED;
            case PartRefunding _ -> State.PART_REFUNDING;
            case PartRefunded _ -> State.PART_REFUNDED;
            case Refunding _ -> State.REFUNDING;
            case Refunded _ -> State.REFUNDED;
            case Voided _ -> State.VOIDED;
        };
    }

    private static int attempts(Payment payment) {
        return switch (payment) {
            case Unknown it -> it.attempts();
            case PartRefunding it -> it.attempts();
            case Refunding it -> it.attempts();
            case Requested _, Captured _, Declined _, PartRefunded _, Refunded _, Voided _ -> 0;
        };
    }

    private static Optional<String> reference(Payment payment) {
        return switch (payment) {
            case Captured it -> Optional.of(it.reference());
            case PartRefunding it -> Optional.of(it.reference());
            case PartRefunded it -> Optional.of(it.reference());
            case Requested _, Unknown _, Declined _, Refunding _, Refunded _, Voided _ -> Optional.empty();
        };
    }

    private static Optional<Long> refunded(Payment payment) {
        return switch (payment) {
            case PartRefunding it -> Optional.of(it.before().amount());
            case PartRefunded it -> Optional.of(it.sum().amount());
            case Requested _, Unknown _, Captured _, Declined _, Refunding _, Refunded _, Voided _ -> Optional.empty();
        };
    }

    private static Optional<Integer> partNumber(Payment payment) {
        return switch (payment) {
            case PartRefunding it -> Optional.of(it.number());
            case PartRefunded it -> Optional.of(it.number());
            case Requested _, Unknown _, Captured _, Declined _, Refunding _, Refunded _, Voided _ -> Optional.empty();
        };
    }

    private static Optional<Goods> goods(Payment payment) {
        return switch (payment) {
            case Refunding it -> Optional.of(it.goods());
            case Refunded it -> Optional.of(it.goods());
            case Requested _, Unknown _, Captured _, Declined _, PartRefunding _, PartRefunded _, Voided _ ->
                Optional.empty();
        };
    }

    private static Payment payment(Row row) {
        OrderId order = new OrderId(row.uuid("order_id"));
        int version = row.integer("version");
        return switch (row.constant("state", State.class)) {
            case REQUESTED -> new Requested(charge(order, row), row.instant("ask_at"), version);
            case UNKNOWN -> new Unknown(charge(order, row), row.integer("attempts"), row.instant("ask_at"), version);
            case CAPTURED -> new Captured(charge(order, row), row.text("reference"), version);
            case DECLINED -> new Declined(charge(order, row), row.text("reason"), version);
            case PART_REFUNDING ->
                new PartRefunding(
                        charge(order, row),
                        row.text("reference"),
                        money(row, "refunded"),
                        money(row, "part"),
                        row.integer("part_number"),
                        row.integer("attempts"),
                        row.instant("ask_at"),
                        version);
            case PART_REFUNDED ->
                new PartRefunded(
                        charge(order, row),
                        row.text("reference"),
                        money(row, "refunded"),
                        row.integer("part_number"),
                        version);
            case REFUNDING ->
                new Refunding(charge(order, row), goods(row), row.integer("attempts"), row.instant("ask_at"), version);
            case REFUNDED -> new Refunded(charge(order, row), goods(row), version);
            case VOIDED -> new Voided(order, row.findText("method").map(_ -> charge(order, row)), version);
        };
    }

    private static Money money(Row row, String column) {
        return Money.of(row.bigint(column), row.text("currency"));
    }

    /** Refunds of the time before anything was said of the goods put them on sale again. */
    private static Goods goods(Row row) {
        return row.findText("goods").map(Goods::valueOf).orElse(Goods.RETURNED);
    }

    private static Charge charge(OrderId order, Row row) {
        return new Charge(
                order,
                row.integer("charge_attempt"),
                new CustomerId(row.uuid("customer_tenant"), row.uuid("customer_object")),
                Money.of(row.bigint("amount"), row.text("currency")),
                new PaymentMethod(row.text("method")));
    }
}
