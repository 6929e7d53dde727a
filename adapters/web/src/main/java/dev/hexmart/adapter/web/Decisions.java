package dev.hexmart.adapter.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The decisions behind the shop, which the build lays beside these classes as they are in the folder {@code ADR}. */
final class Decisions {

    private static final String FOLDER = "/decisions/";
    private static final Pattern ROW = Pattern.compile("\\| (\\d{4}) \\| \\[([^\\]]+)]\\(([a-z0-9-]+\\.md)\\) \\|");

    private Decisions() {}

    record Decision(String number, String title, String file) {}

    static List<Decision> all() {
        return ROW.matcher(read("README.md"))
                .results()
                .map(row -> new Decision(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    /** The text of one that is in the list. */
    static Optional<String> text(String file) {
        return all().stream()
                .map(Decision::file)
                .filter(file::equals)
                .findFirst()
                .map(Decisions::read);
    }

    private static String read(String file) {
        return new String(ApiPages.read(FOLDER + file), UTF_8);
    }
}
