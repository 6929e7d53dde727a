package dev.hexmart.domain.shared;

/**
 * Tests of single characters, for values that are made for each row and each request: a regular expression costs some ten times
 * as much there.
 */
public final class Letters {

    private Letters() {}

    /** Which characters are meant. */
    @FunctionalInterface
    public interface Kind {
        boolean includes(char c);
    }

    /** Whether the text has {@code least} to {@code most} characters, all of the kind. */
    public static boolean areAll(String text, Kind kind, int least, int most) {
        return text.length() >= least && text.length() <= most && !anyIs(text, c -> !kind.includes(c));
    }

    public static boolean anyIs(String text, Kind kind) {
        for (int i = 0; i < text.length(); i++) {
            if (kind.includes(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** a to z, or a digit. */
    public static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    public static boolean isLowerHexDigit(char c) {
        return (c >= 'a' && c <= 'f') || isDigit(c);
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A control character of ASCII. */
    public static boolean isControl(char c) {
        return c < ' ' || c == '\u007f';
    }
}
