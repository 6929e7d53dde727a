package dev.hexmart.adapter.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How pages go out, and what browsers say about who reads them. */
final class Html {

    /** Nothing is loaded but from us, and nothing runs that stands in a page itself. */
    static final Header POLICY = policy("'self'");

    /** The same, for pages with a sheet of styles that has its pictures in itself. */
    static final Header POLICY_WITH_PICTURES_IN_STYLES = policy("'self' data:");

    /** Browsers send few different headers, and reading one costs more than the rest of the request's head. */
    private static final Map<String, Locale> LOCALES = new ConcurrentHashMap<>();

    private static final int MOST_LOCALES = 1_000;
    private static final int LONGEST_KEPT = 200;

    private Html() {}

    static Response page(int status, String html) {
        return page(status, html, POLICY);
    }

    static Response page(int status, String html, Header policy) {
        return Response.content(status, "text/html; charset=utf-8", html).with(policy.name(), policy.value());
    }

    static Response redirect(String path) {
        return new Response(303, List.of(new Header("Location", path)), new Response.Nothing());
    }

    /** The path of the page; a path with two leading slashes, of either kind, would be read as another host's. */
    static String path(Request request) {
        String path = request.path();
        int slashes = 0;
        while (slashes < path.length() && isSlash(path.charAt(slashes))) {
            slashes++;
        }
        path = "/" + path.substring(slashes);
        return request.query().isEmpty() ? path : path + "?" + request.query();
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** Where to sign in and come back to that path. */
    static String signIn(String path) {
        return "/login?returnTo=" + URLEncoder.encode(path, UTF_8);
    }

    private static Header policy(String pictures) {
        return new Header(
                "Content-Security-Policy",
                "default-src 'none'; img-src " + pictures
                        + "; style-src 'self'; script-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    }

    /** Whether the visitor followed a link from another site, for which browsers do not send the session's cookie. */
    static boolean isFromElsewhere(Request request) {
        return request.headerValues("Sec-Fetch-Site").contains("cross-site")
                && request.headerValues("Sec-Fetch-Mode").contains("navigate");
    }

    /** In whose ways a reader wants to see amounts and times. */
    static Locale locale(Request request) {
        String languages = String.join(",", request.headerValues("Accept-Language"));
        Locale known = LOCALES.get(languages);
        if (known != null) {
            return known;
        }
        Locale locale = locale(languages);
        if (LOCALES.size() < MOST_LOCALES && languages.length() <= LONGEST_KEPT) {
            LOCALES.put(languages, locale);
        }
        return locale;
    }

    private static Locale locale(String languages) {
        try {
            return LanguageRange.parse(languages).stream()
                    // Which means: never this one.
                    .filter(range -> range.getWeight() > 0)
                    .map(LanguageRange::getRange)
                    .filter(range -> !range.contains("*"))
                    .map(Locale::forLanguageTag)
                    .filter(locale -> !locale.getLanguage().isEmpty())
                    .findFirst()
                    .orElse(Locale.UK);
        } catch (IllegalArgumentException _) {
            return Locale.UK;
        }
    }
}
