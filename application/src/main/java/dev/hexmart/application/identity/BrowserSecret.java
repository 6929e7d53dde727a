package dev.hexmart.application.identity;

import dev.hexmart.domain.shared.Letters;

/** The form of the secrets that browsers keep for us: 256 random bits in base64url. */
final class BrowserSecret {

    private static final int LENGTH = 43;

    private BrowserSecret() {}

    static void requireForm(String value) {
        if (!Letters.areAll(value, BrowserSecret::isBase64Url, LENGTH, LENGTH)) {
            throw new IllegalArgumentException("A browser's secret is 43 of A-Z, a-z, 0-9, - and _");
        }
    }

    private static boolean isBase64Url(char c) {
        return Letters.isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }
}
