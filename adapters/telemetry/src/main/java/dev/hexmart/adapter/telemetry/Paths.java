package dev.hexmart.adapter.telemetry;

import java.util.HexFormat;

/**
 * The segments of a path that may be recorded: the words of our routes and of the identity provider's, and ids, which are not
 * secret.
 */
final class Paths {

    private static final int MAX_WORD = 20;
    private static final String UUID_FORM = "00000000-0000-0000-0000-000000000000";

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
        return isWord(part) || isUuid(part) || part.equals("oauth2") || part.equals("v2.0");
    }

    private static boolean isWord(String part) {
        return part.length() <= MAX_WORD
                && part.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }

    private static boolean isUuid(String part) {
        if (part.length() != UUID_FORM.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean hyphen = UUID_FORM.charAt(i) == '-';
            if (hyphen ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }
}
