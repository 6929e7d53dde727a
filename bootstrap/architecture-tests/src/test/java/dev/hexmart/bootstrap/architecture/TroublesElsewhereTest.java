package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/troubles-elsewhere.md has a source with a number, and a test that exists. */
class TroublesElsewhereTest {

    private static final Pattern SOURCE =
            Pattern.compile("\\[[\\w./-]*#\\d+\\]\\(https://github\\.com/[\\w./-]+/issues/\\d+\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");

    @Test
    void eachRowHasASourceWithANumberAndATestThatExists() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Project.ROOT.resolve("docs/troubles-elsewhere.md"))) {
            rows = lines.filter(line -> line.startsWith("| ") && !line.startsWith("| situation |"))
                    .toList();
        }
        assertThat(rows).hasSizeGreaterThan(50).allSatisfy(row -> {
            List<String> cells = List.of(row.split(" \\| "));
            assertThat(cells).hasSize(4);
            assertThat(SOURCE.matcher(cells.get(1)).find())
                    .as("a source with a number")
                    .isTrue();
            List<String> tests = TEST.matcher(cells.get(3))
                    .results()
                    .map((MatchResult it) -> it.group(1) + ".java")
                    .toList();
            assertThat(tests).isNotEmpty();
            assertThat(DecisionsTest.sources()).containsAll(tests);
        });
    }
}
