package dev.hexmart.adapter.telemetry;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may be told of a path: the words that our routes and the identity provider's are made of, and ids, which are nobody's
 * secret.
 */
final class Paths {

    private static final Pattern HARMLESS =
            Pattern.compile("[A-Za-z]{0,20}|oauth2|v2\\.0|\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Paths() {}

    /** Anything else somebody has put there by mistake or on purpose, perhaps a token or a mail address. */
    static String scrubbed(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> HARMLESS.matcher(part).matches() ? part : "REDACTED")
                .collect(Collectors.joining("/"));
    }
}
