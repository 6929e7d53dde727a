package dev.hexmart.adapter.telemetry;

import java.util.regex.Pattern;

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
        StringBuilder scrubbed = new StringBuilder(path.length());
        int start = 0;
        while (true) {
            int slash = path.indexOf('/', start);
            String part = slash < 0 ? path.substring(start) : path.substring(start, slash);
            scrubbed.append(isHarmless(part) ? part : "REDACTED");
            if (slash < 0) {
                return scrubbed.toString();
            }
            scrubbed.append('/');
            start = slash + 1;
        }
    }

    private static boolean isHarmless(String part) {
        return isWord(part) || UUID_FORM.matcher(part).matches() || part.equals("oauth2") || part.equals("v2.0");
    }

    private static boolean isWord(String part) {
        return part.length() <= MAX_WORD
                && part.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
}
