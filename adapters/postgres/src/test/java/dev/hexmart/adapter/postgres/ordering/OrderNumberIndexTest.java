package dev.hexmart.adapter.postgres.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import org.junit.jupiter.api.Test;

/** An order is looked up by its number in an index, not by reading all orders. */
class OrderNumberIndexTest {

    @Test
    void theNumberOfAnOrderIsServedByAnIndex() {
        TestServer.database("ordering");
        try (TestServer.Trial trial = TestServer.trial()) {
            // The table of a test is too small for the planner to bother.
            trial.execute("SET LOCAL enable_seqscan = off");
            assertThat(trial.plan("SELECT id FROM ordering.orders WHERE " + PostgresOrderRepository.NUMBER
                            + " = '3c1b7e10' ORDER BY placed_at DESC, id DESC LIMIT 21"))
                    .contains("orders_by_number")
                    .doesNotContain("Seq Scan");
        }
    }
}
