package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void pageInTheDocsIsWhatTheCommittedResultsMake() throws IOException {
        Map<String, String> made = Page.files("benchmark", Files.readString(DOCS.resolve("benchmark.json")));

        assertThat(made).isNotEmpty();
        for (Map.Entry<String, String> file : made.entrySet()) {
            assertThat(DOCS.resolve(file.getKey()))
                    .as("./hexmart bench --page docs/benchmark.json writes it")
                    .hasContent(file.getValue());
        }
    }

    @Test
    void reportIsTheSameAfterItWasWrittenAndRead() {
        assertThat(ReportJson.read(ReportJson.write(report()))).isEqualTo(report());
    }

    @Test
    void fileThatIsNoReportIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"format\": 1}");

        assertThatThrownBy(() -> Page.write(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a report of a benchmark");
        assertThatThrownBy(() -> Page.write(folder.resolve("notes.txt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the JSON of a benchmark");
    }

    @Test
    void figuresAreMediansOfTheRoundsAndCpuIsForEachThousand() {
        Table routes = Table.of(report()).getFirst();

        assertThat(routes.rows())
                .containsExactly(
                        List.of("GET /cart", "200", "2.00", "4.00", "5.00", "6.00", "1.50", "–", "0.500", "3"));
    }

    @Test
    void ordersThatWereNotPaidAreCounted() {
        Table orders = Table.of(report()).get(1);

        assertThat(orders.rows().getFirst()).startsWith("50 orders/s", "45.0").endsWith("5.00", "10");
    }

    @Test
    void everyTableAndChartIsOnThePage() {
        Map<String, String> files = Page.files("b", ReportJson.write(report()));

        assertThat(files).containsOnlyKeys("b.md", "b-cpu.svg", "b-requests.svg", "b-latency.svg");
        assertThat(files.get("b.md"))
                .contains(
                        "## Routes", "## Order to PAID", "## Limits", "## Services", "![", "(b-cpu.svg)", "* Noted.\n");
        assertThat(files.get("b-latency.svg")).contains("GET /cart", "order to PAID, 50 orders/s");
    }

    private static Report report() {
        Latency latency = new Latency(2, 4, 5, OptionalDouble.of(6));
        Map<String, Double> cpu = Map.of("cart", 0.25, "products", 0.05, "redis", 0.1, "generator", 1.0, "others", 0.0);
        List<Report.Round> rounds = List.of(
                new Report.Round(200, 1, 3, latency, cpu),
                new Report.Round(100, 1, 0, latency, cpu),
                new Report.Round(300, 1, 0, latency, cpu));
        Report.OrderRound orders = new Report.OrderRound(
                new Burst(100, 2, 4, latency), 90, 2, latency, Map.of("orders", 0.9, "postgres", 0.3, "broker", 0.45));
        return new Report(
                "2026-01-01T00:00:00Z",
                new Report.Machine("Linux 6", "some processor", 2, 4096, "25", "wrk"),
                new Report.Settings(3, 1, 1, 8, List.of("-Xmx256m"), true, "embedded", "./hexmart bench"),
                List.of(new Report.Implementation(
                        "hexmart",
                        List.of(new Report.Service("cart", List.of(1.0, 1.5, 1.25), 100, 120)),
                        List.of(new Report.Measurement("cart", "GET /cart", "wrk", rounds)),
                        List.of(new Report.OrderMeasurement("fixed-rate", "50 orders/s", List.of(orders))))),
                List.of(new Report.Measurement(
                        "static",
                        "a static answer",
                        "wrk",
                        List.of(new Report.Round(1000, 1, 0, latency, Map.of("static", 0.05))))),
                List.of("Noted"));
    }
}
