package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the decisions, the threat model and the README name is there. */
class DecisionsTest {

    private static final Path ROOT = Project.ROOT;
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|Contract|Process))`");
    private static final Pattern CONFIRMATION = Pattern.compile("(?ms)^## Confirmation$(.*?)(?=^## |\\z)");
    private static final Pattern ID = Pattern.compile("<id>([a-z-]+)</id>");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void everyTypeThatADecisionNamesAsItsCheckExists() throws IOException {
        Set<String> sources = sources();
        Set<String> named = new TreeSet<>();
        for (Path decision : decisions()) {
            CODE.matcher(Files.readString(decision))
                    .results()
                    .map(MatchResult::group)
                    .map(name -> name.replace("`", ""))
                    .forEach(named::add);
        }
        assertThat(named)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(sources).contains(name + ".java"));
    }

    @Test
    void everyConfirmationNamesATestOrABuildRuleThatExists() throws IOException {
        Set<String> checks = checks();
        assertThat(decisions())
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(confirmed(Files.readString(decision)))
                        .as("what %s names as its confirmation", decision.getFileName())
                        .containsAnyElementsOf(checks));
    }

    @Test
    void confirmationWithoutAnExistingCheckIsFound() throws IOException {
        String planted =
                "## Decision\n\n`MoneyTest`\n\n## Confirmation\n\n* The compiler and `NoSuchTest`.\n\n## More\n\n`MoneyTest`\n";
        assertThat(confirmed(planted)).containsExactly("NoSuchTest").doesNotContainAnyElementsOf(checks());
    }

    @Test
    void everyTestThatTheThreatModelNamesExists() throws IOException {
        Set<String> named = CODE.matcher(Files.readString(ROOT.resolve("SECURITY.md")))
                .results()
                .map(name -> name.group(1) + ".java")
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(sources()).containsAll(named);
    }

    @Test
    void everyDecisionHasAConfirmationAndStandsInTheIndex() throws IOException {
        String index = Files.readString(ROOT.resolve("ADR/README.md"));
        assertThat(decisions()).hasSizeGreaterThan(15).allSatisfy(decision -> {
            assertThat(Files.readString(decision)).contains("## Options", "## Decision", "## Confirmation");
            assertThat(index).contains("(" + decision.getFileName() + ")");
        });
    }

    @Test
    void everyLinkOfTheReadmeAndTheIndexLeadsSomewhere() throws IOException {
        for (String page : Set.of("README.md", "SECURITY.md", "ADR/README.md")) {
            Path file = ROOT.resolve(page);
            Set<String> links = LINK.matcher(Files.readString(file))
                    .results()
                    .map(link -> link.group(1))
                    .collect(Collectors.toSet());
            assertThat(links)
                    .isNotEmpty()
                    .allSatisfy(link ->
                            assertThat(file.resolveSibling(link).normalize()).exists());
        }
    }

    /** What stands in quotes under the heading. */
    private static Set<String> confirmed(String decision) {
        return CONFIRMATION
                .matcher(decision)
                .results()
                .flatMap(section -> QUOTED.matcher(section.group(1)).results())
                .map(quoted -> quoted.group(1))
                .collect(Collectors.toSet());
    }

    /** Test classes, contracts included, and what the build runs by an id of its own. */
    private static Set<String> checks() throws IOException {
        Set<String> checks = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+(Test|Contract)\\.java"))
                    .map(name -> name.replace(".java", ""))
                    .forEach(checks::add);
        }
        ID.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(id -> id.group(1))
                .forEach(checks::add);
        return checks;
    }

    private static Set<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("ADR"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .collect(Collectors.toSet());
        }
    }

    static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .collect(Collectors.toSet());
        }
    }
}
