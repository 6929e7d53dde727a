package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a query or of a form: each comes once, and an empty one counts as left out (RFC 6749, 3.1). */
record Parameters(Map<String, String> values) {

    Parameters {
        values = Map.copyOf(values);
    }

    static Parameters parse(String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty() && values.put(name, value) != null) {
                throw Refusal.malformed("The parameter '%s' comes more than once.".formatted(name));
            }
        }
        return new Parameters(values);
    }

    /** Writes parameters the way {@link #parse} reads them. */
    static String format(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String require(String name) {
        return find(name).orElseThrow(() -> Refusal.missing(name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("A parameter is not percent-encoded as application/x-www-form-urlencoded asks.");
        }
    }
}
