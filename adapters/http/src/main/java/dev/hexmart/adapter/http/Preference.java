package dev.hexmart.adapter.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a client would rather read. */
final class Preference {

    private static final Set<String> HTML = Set.of("text/html");
    private static final Set<String> JSON = Set.of(Problem.MEDIA_TYPE, "application/json", "application/*", "*/*");

    private Preference() {}

    /** Whether somebody is to be shown a page: HTML is asked for by its name, and liked better than JSON. */
    static boolean isPage(Request head) {
        // A script asks for what it can take apart, whatever it says.
        boolean navigates = head.headerValues("Sec-Fetch-Mode").stream().allMatch("navigate"::equals);
        List<String> accepted = head.headerValues("Accept");
        return navigates && weight(accepted, HTML) > weight(accepted, JSON);
    }

    private static double weight(List<String> accepted, Set<String> types) {
        return accepted.stream()
                .flatMap(line -> Arrays.stream(line.toLowerCase(Locale.ROOT).split(",")))
                .map(range -> range.replaceAll("\\s", "").split(";", -1))
                .filter(range -> types.contains(range[0]))
                .mapToDouble(Preference::weight)
                .max()
                .orElse(0);
    }

    /** What cannot be read weighs nothing. */
    private static double weight(String[] range) {
        return Arrays.stream(range)
                .filter(parameter -> parameter.startsWith("q="))
                .map(parameter -> parameter.substring(2))
                .mapToDouble(weight -> weight.matches("[01](?:\\.\\d{0,3})?") ? Double.parseDouble(weight) : 0)
                .findFirst()
                .orElse(1);
    }
}
