package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The terms of docs/glossary.md and the types that carry them. */
class GlossaryTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^ *(?:(?:public|sealed|final) )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:(?:sealed|final) )*(?:class|interface|record|enum) (\\w+)");

    /** @param types those that carry the term */
    private record Row(String term, String meaning, Set<String> types) {}

    @Test
    void everyTermIsCarriedByATypeThatExists() throws IOException {
        Set<String> types = new TreeSet<>();
        for (Path module : Project.MODULES) {
            types.addAll(types(module, TYPE));
        }
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(40).allSatisfy(row -> {
            assertThat(row.meaning()).isNotBlank();
            assertThat(row.types()).isNotEmpty().isSubsetOf(types);
        });
    }

    @Test
    void everyPublicTypeOfTheDomainCarriesATerm() throws IOException {
        Set<String> carriers =
                rows().stream().flatMap(row -> row.types().stream()).collect(Collectors.toSet());
        assertThat(types(Project.module("domain"), PUBLIC_TYPE))
                .hasSizeGreaterThan(30)
                .isSubsetOf(carriers);
    }

    @Test
    void termsAreSortedAndUnique() throws IOException {
        assertThat(rows()).extracting(Row::term).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.naturalOrder());
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Project.ROOT.resolve("docs/glossary.md"))) {
            return lines.filter(line -> line.startsWith("| ") && !line.startsWith("| term "))
                    .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                    .map(cells -> new Row(cells[0], cells[1], names(NAME, cells[2])))
                    .toList();
        }
    }

    private static Set<String> types(Path module, Pattern declared) throws IOException {
        Path folder = Project.sources(module);
        Set<String> types = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    types.addAll(names(declared, Files.readString(file)));
                }
            }
        }
        return types;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toSet());
    }
}
