package dev.hexmart.adapter.http.exchange;

import dev.hexmart.adapter.http.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a client accepts, by its {@code Accept} headers; a range that cannot be read weighs nothing, where Helidon's parser
 * refuses the request.
 */
public final class AcceptHeader {

    private static final String HTML = "text/html";
    private static final Set<String> JSON = Set.of(Problem.MEDIA_TYPE, "application/json", "application/*", "*/*");

    private final List<String> lines;

    private AcceptHeader(List<String> lines) {
        this.lines = lines;
    }

    public static AcceptHeader of(Request head) {
        return new AcceptHeader(head.headerValues("Accept"));
    }

    /** Whether HTML is named and weighs more than JSON: browsers ask like that, and programs do not. */
    public boolean prefersHtml() {
        return weight(Set.of(HTML)) > weight(JSON);
    }

    /** Whether the media type is accepted by its own name, not by a wildcard. */
    public boolean names(String mediaType) {
        return weight(Set.of(mediaType)) > 0;
    }

    private double weight(Set<String> types) {
        double most = 0;
        for (String line : lines) {
            for (String range : line.toLowerCase(Locale.ROOT).split(",")) {
                String[] parts = range.replaceAll("\\s", "").split(";", -1);
                if (types.contains(parts[0])) {
                    most = Math.max(most, quality(parts));
                }
            }
        }
        return most;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            if (part.startsWith("q=")) {
                String weight = part.substring(2);
                return weight.matches("[01](?:\\.\\d{0,3})?") ? Math.min(1, Double.parseDouble(weight)) : 0;
            }
        }
        return 1;
    }
}
