package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.ordering.OrderedCarts;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;
import java.util.function.Function;

/** The versions of carts that were ordered, in one transaction. */
final class PostgresOrderedCarts implements OrderedCarts {

    private final Sql sql;

    PostgresOrderedCarts(Sql sql) {
        this.sql = sql;
    }

    /**
     * A row that is not there yet cannot be locked, so the version is, until the transaction ends. The row is read by a second
     * statement, which sees all that had been committed when the lock was got.
     */
    @Override
    public Optional<OrderId> find(CustomerId customer, CartVersion version) {
        onVersion("""
                SELECT pg_advisory_xact_lock(hashtextextended(
                    current_schema() || ' cart ' || :tenant || ' ' || :object || ' ' || :version, 0))
                """, customer, version).list(Function.identity());
        return onVersion("""
                SELECT order_id FROM ordered_cart
                WHERE (customer_tenant, customer_object, version) = (:tenant, :object, :version)
                """, customer, version).first(row -> new OrderId(row.uuid("order_id")));
    }

    @Override
    public void note(CustomerId customer, CartVersion version, OrderId order) {
        onVersion("""
                INSERT INTO ordered_cart (customer_tenant, customer_object, version, order_id)
                VALUES (:tenant, :object, :version, :order)
                ON CONFLICT (customer_tenant, customer_object, version) DO UPDATE SET order_id = excluded.order_id
                """, customer, version).with("order", order.value()).update();
    }

    private Sql.Statement onVersion(String text, CustomerId customer, CartVersion version) {
        return sql.statement(text)
                .with("tenant", customer.tenant())
                .with("object", customer.object())
                .with("version", version.value());
    }
}
