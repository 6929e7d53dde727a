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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private final Sql.Pending<Payment> added;
    private final Sql.Pending<Payment> replaced;

    PostgresPaymentRepository(Sql sql) {
        this.sql = sql;
        this.added = sql.pending(Payment::order, this::insert);
        this.replaced = sql.pending(Payment::order, this::update);
    }

    @Override
    public Optional<Payment> find(OrderId order) {
        return find(List.of(order)).values().stream().findFirst();
    }

    @Override
    public Map<OrderId, Payment> find(Collection<OrderId> orders) {
        return sql.statement("""
            SELECT order_id, state, charge_attempt, customer_tenant, customer_object, amount, currency, method,
                   attempts, ask_at, reference, reason, refunded, part, part_number, goods, version
            FROM payment
            WHERE order_id = ANY (CAST(:orders AS uuid[]))
            """).with("orders", orders).list(PostgresPaymentRepository::payment).stream()
                .collect(Collectors.toMap(Payment::order, Function.identity()));
    }

    @Override
    public void save(Payment payment) {
        (payment.version() == 1 ? added : replaced).add(payment);
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

    private void insert(List<Payment> payments) {
        int inserted = onAll("""
            INSERT INTO payment
                (order_id, state, charge_attempt, customer_tenant, customer_object, amount, currency, method,
                 attempts, ask_at, reference, reason, refunded, part, part_number, goods, version)
            SELECT * FROM %s ORDER BY order_id
            ON CONFLICT (order_id) DO NOTHING
            """, payments).update();
        requireAll(payments, inserted);
    }

    private void update(List<Payment> payments) {
        int updated = onAll("""
            UPDATE payment
            SET state = next.state, charge_attempt = next.charge_attempt, customer_tenant = next.customer_tenant,
                customer_object = next.customer_object, amount = next.amount, currency = next.currency,
                method = next.method, attempts = next.attempts, ask_at = next.ask_at, reference = next.reference,
                reason = next.reason, refunded = next.refunded, part = next.part, part_number = next.part_number,
                goods = next.goods, version = next.version
            FROM %s
            WHERE payment.order_id = next.order_id AND payment.version = next.version - 1
            """, payments).update();
        requireAll(payments, updated);
    }

    private static void requireAll(List<Payment> payments, int saved) {
        if (saved < payments.size()) {
            throw new StaleVersion("A payment of the orders "
                    + payments.stream().map(Payment::order).toList());
        }
    }

    /** @param text with {@code %s} for the payments as a table {@code next} */
    private Sql.Statement onAll(String text, List<Payment> payments) {
        return sql.statement(text.formatted("""
            unnest(CAST(:orders AS uuid[]), CAST(:states AS text[]), CAST(:chargeAttempts AS integer[]),
                   CAST(:tenants AS uuid[]), CAST(:objects AS uuid[]), CAST(:amounts AS bigint[]),
                   CAST(:currencies AS text[]), CAST(:methods AS text[]), CAST(:attempts AS integer[]),
                   CAST(:askAt AS timestamptz[]), CAST(:references AS text[]), CAST(:reasons AS text[]),
                   CAST(:refunded AS bigint[]), CAST(:parts AS bigint[]), CAST(:partNumbers AS integer[]),
                   CAST(:goods AS text[]), CAST(:versions AS integer[]))
            AS next (order_id, state, charge_attempt, customer_tenant, customer_object, amount, currency, method,
                     attempts, ask_at, reference, reason, refunded, part, part_number, goods, version)\
            """))
                .with("orders", each(payments, Payment::order))
                .with("states", each(payments, PostgresPaymentRepository::state))
                .with(
                        "chargeAttempts",
                        each(payments, it -> charge(it, Charge::attempt).orElse(1)))
                .with(
                        "tenants",
                        each(
                                payments,
                                it -> charge(it, charge -> charge.customer().tenant())))
                .with(
                        "objects",
                        each(
                                payments,
                                it -> charge(it, charge -> charge.customer().object())))
                .with(
                        "amounts",
                        each(
                                payments,
                                it -> charge(it, charge -> charge.amount().amount())))
                .with(
                        "currencies",
                        each(
                                payments,
                                it -> charge(
                                        it, charge -> charge.amount().currency().code())))
                .with(
                        "methods",
                        each(
                                payments,
                                it -> charge(it, charge -> charge.method().token())))
                .with("attempts", each(payments, PostgresPaymentRepository::attempts))
                .with("askAt", each(payments, Payment::askAt))
                .with("references", each(payments, PostgresPaymentRepository::reference))
                .with("reasons", each(payments, PostgresPaymentRepository::reason))
                .with("refunded", each(payments, PostgresPaymentRepository::refunded))
                .with("parts", each(payments, PostgresPaymentRepository::part))
                .with("partNumbers", each(payments, PostgresPaymentRepository::partNumber))
                .with("goods", each(payments, PostgresPaymentRepository::goods))
                .with("versions", each(payments, Payment::version));
    }

    private static List<?> each(List<Payment> payments, Function<Payment, ?> column) {
        return payments.stream().map(column).toList();
    }

    private static <T> Optional<T> charge(Payment payment, Function<Charge, T> part) {
        return payment.demand().map(part);
    }

    private static Optional<String> reason(Payment payment) {
        return payment instanceof Declined it ? Optional.of(it.reason()) : Optional.empty();
    }

    private static Optional<Long> part(Payment payment) {
        return payment instanceof PartRefunding it ? Optional.of(it.part().amount()) : Optional.empty();
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
