package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.tools.chaos.audit.Audit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit's statements on the real tables. Other tests share this shop, so only what is said of its own order counts. */
@ExtendWith(SharedShop.Open.class)
class AuditTest {

    @Test
    void auditFindsWhatIsChangedBehindTheServices(SharedShop shop) {
        // Keys are compared from the oldest one on.
        shop.order("bob", "");
        String order = shop.order("alice", ",\"payment\":{\"method\":\"card-ok\"}");
        await().atMost(ofSeconds(30))
                .until(() -> shop.shop()
                        .as("alice")
                        .get("/orders/" + order)
                        .json()
                        .getString("status")
                        .equals("PAID"));
        assertThat(audit(shop, order)).isEmpty();

        change(shop, order, "UPDATE ordering.orders SET total = total + 1 WHERE id = '%s'", "total = total - 1");
        assertThat(audit(shop, order)).isEmpty();

        change(
                shop,
                order,
                "UPDATE payment.payment SET amount = amount + 1 WHERE order_id = '%s'",
                "amount = amount - 1");
        change(
                shop,
                order,
                "UPDATE catalog.reservation SET state = 'RELEASED' WHERE order_id = '%s'",
                "state = 'COMMITTED'");
        change(
                shop,
                order,
                "UPDATE ordering.idempotency_key SET answer = gen_random_uuid()::text WHERE answer = '%s'",
                "");
    }

    /** Makes a change that the audit must see, and takes it back. */
    private static void change(SharedShop shop, String order, String statement, String back) {
        shop.stores().execute(statement.formatted(order));
        assertThat(audit(shop, order)).as(statement).isNotEmpty();
        if (!back.isEmpty()) {
            shop.stores().execute(statement.formatted(order).replaceFirst("SET .* WHERE", "SET " + back + " WHERE"));
        }
    }

    private static Stream<String> audit(SharedShop shop, String order) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        int status = Audit.run(
                List.of("--patience", "4"),
                Map.of(
                        "DATABASE_URL", shop.stores().jdbcUrl(),
                        "DATABASE_USER", shop.stores().user(),
                        "DATABASE_PASSWORD", shop.stores().password(),
                        "SANDBOX_LEDGER", shop.environment("payments").get("SANDBOX_LEDGER")),
                out,
                out);
        String said = output.toString(StandardCharsets.UTF_8);
        assertThat(status).as(said).isLessThan(2);
        assertThat(said).contains("lines of the provider's books");
        return said.lines().filter(line -> line.contains(order));
    }
}
