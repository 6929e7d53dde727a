package dev.hexmart.adapter.telemetry;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The segments of a path that may be recorded: the words of our routes and of the identity provider's, and ids, which are not
 * secret.
 */
final class Paths {

    private static final int MAX_WORD = 20;
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Paths() {}

    /** Any other segment may be sensitive, such as a token or a mail address. */
    static String scrubbed(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> isHarmless(part) ? part : "REDACTED")
                .collect(Collectors.joining("/"));
    }

    private static boolean isHarmless(String part) {
        return isWord(part) || UUID_FORM.matcher(part).matches() || part.equals("oauth2") || part.equals("v2.0");
    }

    private static boolean isWord(String part) {
        return part.length() <= MAX_WORD
                && part.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
}
