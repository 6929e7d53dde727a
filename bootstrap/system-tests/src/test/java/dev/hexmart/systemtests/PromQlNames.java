package dev.hexmart.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics and labels that a PromQL expression names.
 *
 * @param grouping labels of {@code by}, {@code on} and the like
 */
record PromQlNames(List<Selector> selectors, Set<String> grouping) {

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\[[^]]*]|\\d[\\w.]*|[a-zA-Z_:][\\w:]*|[=!]~|!=|\\S");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> LABELLED = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    /** A metric, and what is asked of its labels. */
    record Selector(String metric, List<Matching> matchings) {}

    /** What is asked of a label. */
    record Matching(String label, String operator, String value) {}

    static PromQlNames of(String expression) {
        List<String> tokens =
                TOKEN.matcher(expression).results().map(match -> match.group()).toList();
        List<Selector> selectors = new ArrayList<>();
        Set<String> grouping = new TreeSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            String next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
            if (!NAME.matcher(token).matches() || WORDS.contains(token.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (LABELLED.contains(token)) {
                if (next.equals("(")) {
                    int end = at + 2 + tokens.subList(at + 2, tokens.size()).indexOf(")");
                    tokens.subList(at + 2, end).stream()
                            .filter(it -> !it.equals(","))
                            .forEach(grouping::add);
                    at = end;
                }
            } else if (next.equals("{")) {
                int end = at + 2 + tokens.subList(at + 2, tokens.size()).indexOf("}");
                selectors.add(new Selector(token, matchings(tokens.subList(at + 2, end))));
                at = end;
            } else if (!next.equals("(") && !next.equals("by") && !next.equals("without")) {
                selectors.add(new Selector(token, List.of()));
            }
        }
        return new PromQlNames(selectors, grouping);
    }

    private static List<Matching> matchings(List<String> tokens) {
        List<Matching> matchings = new ArrayList<>();
        for (int at = 0; at + 2 < tokens.size(); at += 4) {
            String value = tokens.get(at + 2);
            matchings.add(new Matching(tokens.get(at), tokens.get(at + 1), value.substring(1, value.length() - 1)));
        }
        return matchings;
    }

    /** Whether one of the values is what is asked for; each of several alternatives must be there. */
    static boolean isMet(Matching matching, Set<String> values) {
        return switch (matching.operator()) {
            case "=" -> values.contains(matching.value());
            case "=~" ->
                Pattern.compile("\\|").splitAsStream(matching.value()).allMatch(alternative -> {
                    Matcher matcher = Pattern.compile(alternative).matcher("");
                    return values.stream()
                            .anyMatch(value -> matcher.reset(value).matches());
                });
            default -> true;
        };
    }
}
