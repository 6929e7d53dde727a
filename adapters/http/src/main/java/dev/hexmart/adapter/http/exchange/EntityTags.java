package dev.hexmart.adapter.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The preconditions of RFC 9110 that speak of entity tags. */
public final class EntityTags {

    public static final String ANY = "*";

    private static final int TAG_BYTES = 16;

    private EntityTags() {}

    /** A tag for exactly this answer, by the SHA-256 of its body and headers. */
    public static String of(Response response) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            response.headers().forEach(header -> digest.update((header + "\n").getBytes(UTF_8)));
            if (response.body() instanceof Response.Content content) {
                digest.update(content.bytes());
            }
            return "\"" + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** Whether the client has the very representation already. */
    public static boolean known(Request request, String tag) {
        return !request.headerValues("If-None-Match").isEmpty()
                && listed(request, "If-None-Match")
                        .anyMatch(one -> one.equals(ANY) || one.equals(tag) || one.equals("W/" + tag));
    }

    /** The tags of a header, with their quotes. */
    public static Stream<String> listed(Request request, String header) {
        return request.headerValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty());
    }
}
