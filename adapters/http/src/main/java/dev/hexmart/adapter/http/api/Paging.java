package dev.hexmart.adapter.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.http.exchange.Request;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paginated lists: {@code limit} and {@code cursor} in the query, the next page in a Link header. */
public final class Paging {

    static final int DEFAULT_LIMIT = 20;

    private static final String SEPARATOR = "\n";

    private Paging() {}

    public static int limit(Request request, int most) {
        return request.query("limit", text -> limit(text, most)).orElse(DEFAULT_LIMIT);
    }

    /** A cursor is opaque to clients: its content may change with any release. */
    public static String cursor(String... parts) {
        byte[] bytes = String.join(SEPARATOR, parts).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The parts of a cursor that was given out with as many. */
    public static List<String> parts(String cursor, int count) {
        try {
            List<String> parts = List.of(new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(SEPARATOR, -1));
            if (parts.size() == count && cursor(parts.toArray(String[]::new)).equals(cursor)) {
                return parts;
            }
        } catch (IllegalArgumentException _) {
            // said below, in the same words
        }
        throw unknownCursor();
    }

    public static IllegalArgumentException unknownCursor() {
        return new IllegalArgumentException("Must be a cursor of this list");
    }

    /** The same request, from the cursor on. */
    public static String nextLink(Request request, String cursor) {
        String query = Stream.concat(
                        Arrays.stream(request.query().split("&"))
                                .filter(pair -> !pair.isEmpty() && !pair.startsWith("cursor=")),
                        Stream.of("cursor=" + cursor))
                .collect(Collectors.joining("&"));
        return "<" + request.path() + "?" + query + ">; rel=\"next\"";
    }

    private static int limit(String text, int most) {
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        }
        throw new IllegalArgumentException("Must be a whole number from 1 to " + most);
    }
}
