package dev.hexmart.adapter.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The cookies that stand for a browser.
 *
 * <p>{@code __Host-} lets no other host and no unencrypted page set them; browsers take {@code http://localhost} for safe.
 */
final class Cookies {

    static final String SESSION = "__Host-session";
    static final String SIGN_IN = "__Host-sign-in";

    /** Longer than what we ever set: whatever is longer was made up. */
    private static final int LONGEST = 200;

    private Cookies() {}

    /** The cookie's value. Nothing where there is none, nor where there are several: then somebody has planted one. */
    static Optional<String> find(Request head, String name) {
        List<String> values = head.headerValues("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Sent with what our own pages ask for, and with nothing that another site makes a browser ask for. */
    static Header session(String value) {
        return set(SESSION, value, "Strict", Optional.empty());
    }

    static Header noSession() {
        return set(SESSION, "", "Strict", Optional.of(Duration.ZERO));
    }

    /** Sent also when the provider sends the browser back to us, which is another site's doing. */
    static Header signIn(String value) {
        return set(SIGN_IN, value, "Lax", Optional.of(Duration.ofMinutes(10)));
    }

    private static Header set(String name, String value, String sameSite, Optional<Duration> age) {
        String end = age.map(duration -> "; Max-Age=" + duration.toSeconds()).orElse("");
        return new Header("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=" + sameSite + end);
    }
}
