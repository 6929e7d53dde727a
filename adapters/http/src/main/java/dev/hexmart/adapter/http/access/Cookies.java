package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.application.identity.BrowserBinding;
import dev.hexmart.application.identity.SessionId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookies that stand for a browser.
 *
 * <p>{@code __Host-} lets no other host and no unencrypted page set them; browsers take {@code http://localhost} for safe.
 */
public final class Cookies {

    public static final String SESSION = "__Host-session";

    /** Before the beginning of the sign-in's state. */
    private static final String SIGN_IN = "__Host-sign-in-";

    /** 96 random bits, so that no two sign-ins of a browser meet; the rest of the state stays out of the name. */
    private static final int OF_THE_STATE = 16;

    private static final Pattern SIGN_IN_NAME = Pattern.compile(SIGN_IN + "[A-Za-z0-9_-]{" + OF_THE_STATE + "}");

    /** The sign-ins of a browser that are told apart at a time; each costs some 80 bytes of every request's headers. */
    public static final int MOST_SIGN_INS = 20;

    /** Longer than an attempt lives, so that a late return is distinguished from missing cookies. */
    private static final Duration SIGN_IN_KEPT = Duration.ofHours(1);

    private Cookies() {}

    /** The cookie's value; empty if there is none, or several, of which one may be planted. */
    public static Optional<String> find(Request head, String name) {
        List<String> values = pairs(head)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .filter(value -> !value.isEmpty())
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Sent with what our own pages ask for, and with nothing that another site makes a browser ask for. */
    public static Header session(String value) {
        return set(SESSION, value, "Strict", Optional.empty());
    }

    public static Header noSession() {
        return set(SESSION, "", "Strict", Optional.of(Duration.ZERO));
    }

    /** Sent also when the provider sends the browser back to us, which is another site's doing. */
    public static Header signIn(String state, String value) {
        return set(signInName(state).orElseThrow(), value, "Lax", Optional.of(SIGN_IN_KEPT));
    }

    /** The browser's session; empty also where the cookie's value is none that we gave it. */
    public static Optional<SessionId> findSession(Request head) {
        return read(find(head, SESSION), SessionId::new);
    }

    /** The mark of the sign-in with this state; empty also where the cookie's value is none that we gave it. */
    public static Optional<BrowserBinding> findSignIn(Request head, String state) {
        return read(signInName(state).flatMap(name -> find(head, name)), BrowserBinding::new);
    }

    /** Removes the oldest above the limit; browsers send the oldest first (RFC 6265, 5.4). */
    public static List<Header> withoutOldestSignIns(Request head) {
        List<String> names = signIns(head);
        return names.stream()
                .limit(Math.max(0, names.size() - MOST_SIGN_INS + 1))
                .map(name -> set(name, "", "Lax", Optional.of(Duration.ZERO)))
                .toList();
    }

    /** Whether the browser sends any cookie of ours back. */
    public static boolean areKept(Request head) {
        return find(head, SESSION).isPresent() || !signIns(head).isEmpty();
    }

    private static <T> Optional<T> read(Optional<String> cookie, Function<String, T> secret) {
        try {
            return cookie.map(secret);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<String> signIns(Request head) {
        return pairs(head)
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> SIGN_IN_NAME.matcher(name).matches())
                .toList();
    }

    private static Optional<String> signInName(String state) {
        return Optional.of(state)
                .filter(text -> text.length() >= OF_THE_STATE)
                .map(text -> SIGN_IN + text.substring(0, OF_THE_STATE))
                .filter(name -> SIGN_IN_NAME.matcher(name).matches());
    }

    /** Helidon's parser also splits at commas and honours quotes: another cookie's value could plant a cookie, or hide one. */
    private static Stream<String> pairs(Request head) {
        return head.headerValues("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip);
    }

    private static Header set(String name, String value, String sameSite, Optional<Duration> age) {
        String end = age.map(duration -> "; Max-Age=" + duration.toSeconds()).orElse("");
        return new Header("Set-Cookie", name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=" + sameSite + end);
    }
}
