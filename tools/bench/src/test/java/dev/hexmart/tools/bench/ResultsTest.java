package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.bench.generator.Latency;
import dev.hexmart.tools.bench.generator.Route;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final URI ADDRESS = URI.create("http://localhost:1");
    private static final Target TARGET = Target.Elsewhere.of(
            new Against.Running("other", Map.of("cart", ADDRESS), Optional.empty(), Map.of()),
            ADDRESS,
            Optional.empty());

    private final Results results = new Results();

    @Test
    void roundsOfARouteAreOneMeasurement() {
        results.add(TARGET, Route.CART, "wrk", round(1));
        results.add(TARGET, Route.CART, "wrk", round(3));

        assertThat(results.implementations(List.of(TARGET), _ -> List.of()))
                .containsExactly(new Report.Implementation(
                        "other",
                        List.of(),
                        List.of(new Report.Measurement("cart", "GET /cart", "wrk", List.of(round(1), round(3)))),
                        List.of()));
    }

    @Test
    void shareOfOthersIsTheirPartOfAllCores() {
        assertThat(results.shareOfOthers(2)).isZero();

        results.add(TARGET, Route.CART, "wrk", round(1));
        results.add(TARGET, Route.CART_ADD, "wrk", round(3));

        assertThat(results.shareOfOthers(2)).isEqualTo(0.1);
    }

    /** Of ten seconds. */
    private static Report.Round round(double others) {
        return new Report.Round(1, 10, 0, Latency.NONE, Map.of(Meter.OTHERS, others));
    }
}
