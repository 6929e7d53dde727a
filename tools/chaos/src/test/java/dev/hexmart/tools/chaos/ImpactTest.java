package dev.hexmart.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.chaos.Impact.Availability;
import dev.hexmart.tools.chaos.Impact.Done;
import dev.hexmart.tools.chaos.Impact.Row;
import dev.hexmart.tools.load.client.ShopClient.Attempt;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpactTest {

    private static final String PAGE = "GET /products/1";
    private static final String CHECKOUT = "POST /cart/checkout";
    private static final String PLACED_AT_15_S = "00000000-3a98-7000-8000-000000000000";

    private static final List<Attempt> ATTEMPTS = List.of(
            attempt(PAGE, 503, 5, 6, true),
            attempt(PAGE, 503, 11, 12, false),
            attempt(PAGE, 200, 11, 13, true),
            attempt(CHECKOUT, 0, 11, 16, true),
            attempt(CHECKOUT, 202, 14, 19, true),
            attempt("GET /cart", 503, 14, 19, true),
            attempt(CHECKOUT, 409, 21, 22, true),
            attempt(PAGE, 503, 31, 31, true));

    @Test
    void rowsCountWhatCustomersSawUntilTheNextFault() {
        List<Row> rows = Impact.rows(
                List.of(done("orders", 10), done("redis", 20), done("orders", 30)),
                ATTEMPTS,
                List.of(PLACED_AT_15_S, "kettle"));

        assertThat(rows)
                .containsExactly(
                        new Row("orders", "kill", 2, Map.of("503", 2, "no answer", 1), 5, 2, 5, 2, 1),
                        new Row("redis", "kill", 1, Map.of(), 0, 0, 1, 0, 0));
    }

    @Test
    void availabilityIsOfCustomersAndOfSingleRequests() {
        Availability catalog = Impact.availability(ATTEMPTS, Impact::isCatalog);
        Availability checkout = Impact.availability(ATTEMPTS, Impact::isCheckout);

        assertThat(catalog).isEqualTo(new Availability(3, 2, 4, 3));
        assertThat(catalog.percentOfRequests()).isEqualTo(25);
        assertThat(checkout).isEqualTo(new Availability(3, 1, 3, 1));
        assertThat(checkout.percent()).isBetween(66.6, 66.7);
        assertThat(new Availability(0, 0, 0, 0).percent()).isZero();
    }

    private static Done done(String dependency, int second) {
        return new Done(
                new Plan.Step(second, new Plan.Choice(dependency, Fault.KILL), 2), nanos(second), second * 1000L);
    }

    private static Attempt attempt(String request, int status, int began, int ended, boolean last) {
        return new Attempt(request, status, nanos(began), nanos(ended), last);
    }

    /** As {@link System#nanoTime} may be: below zero. */
    private static long nanos(int second) {
        return Long.MIN_VALUE / 2 + second * 1_000_000_000L;
    }
}
