package dev.hexmart.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void pageInTheDocsIsWhatTheCommittedResultsMake() throws IOException {
        Map<String, String> made = Page.files("chaos", Files.readString(DOCS.resolve("chaos.json")));

        assertThat(made).containsOnlyKeys("chaos.md", "chaos.svg");
        for (Map.Entry<String, String> file : made.entrySet()) {
            assertThat(DOCS.resolve(file.getKey()))
                    .as("./hexmart chaos --page docs/chaos.json writes it")
                    .hasContent(file.getValue());
        }
    }

    @Test
    void breachesAndNotesAreOnThePage() {
        String page = Page.files("c", RESULTS).get("c.md");

        assertThat(page)
                .contains(
                        "| orders | kill | 2 | 503 × 4, no answer × 1 | 2.5 s | – | 3.0 s | 1 | 1 |",
                        "available to 99.50 % of 200 customers",
                        "(3 orders): **1 breaches**",
                        "    * order 1 is lost",
                        "* no clock is turned");
        assertThat(Page.files("c", RESULTS).get("c.svg")).contains("orders: kill", "2.5 s");
    }

    @Test
    void fileThatHasNoResultsIsRefused() {
        assertThatThrownBy(() -> Page.files("c", "{\"format\": 1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no results of ./hexmart chaos");
        assertThatThrownBy(() -> Page.files("c", "[")).isInstanceOf(IllegalArgumentException.class);
    }

    private static final String AVAILABILITY =
            "{\"actions\":200,\"failed\":1,\"percent\":99.5,\"requests\":210,\"requestsFailed\":5,\"percentOfRequests\":97.6}";

    private static final String RESULTS = """
            {"when":"2026-01-01T00:00:00Z","command":"./hexmart chaos","machine":"Linux","stores":"embedded","seed":1,
             "seconds":60,"every":5,"rate":3,"faults":2,"acknowledged":3,"catalog":%1$s,"checkout":%1$s,
             "rows":[{"dependency":"orders","fault":"kill","times":2,"seen":{"503":4,"no answer":1},"seconds":2.5,
               "slowestPage":0.0,"slowestCheckout":3.0,"givenUp":1,"lost":1}],
             "invariants":[{"rule":"every acknowledged order is stored","checked":"3 orders","breaches":1}],
             "breaches":["order 1 is lost"],"notes":["no clock is turned"]}
            """.formatted(AVAILABILITY);
}
