package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Optional;

/** The trace that each order was placed in: no business of the order's own, so it is not part of it. */
public final class PostgresOrderTraces {

    private final Transactor<Sql> transactor;

    public PostgresOrderTraces(PostgresDatabase database) {
        this.transactor = new PostgresTransactor<>(database, sql -> sql);
    }

    /** Empty for an unknown order, and for one that was placed without tracing. */
    public Optional<String> find(OrderId order) {
        List<Optional<String>> found =
                transactor.reading(sql -> sql.statement("SELECT trace_id FROM orders WHERE id = :id")
                        .with("id", order.value())
                        .list(row -> row.findText("trace_id")));
        return found.stream().findFirst().flatMap(trace -> trace);
    }
}
