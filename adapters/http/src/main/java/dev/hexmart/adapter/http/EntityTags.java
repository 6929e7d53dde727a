package dev.hexmart.adapter.http;

import java.util.Arrays;
import java.util.stream.Stream;

/** The preconditions of RFC 9110 that speak of entity tags. */
public final class EntityTags {

    static final String ANY = "*";

    private EntityTags() {}

    /** Whether the client has the very representation already. */
    public static boolean known(Request request, String tag) {
        return listed(request, "If-None-Match")
                .anyMatch(one -> one.equals(ANY) || one.equals(tag) || one.equals("W/" + tag));
    }

    /** The tags of a header, with their quotes. */
    static Stream<String> listed(Request request, String header) {
        return request.headerValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty());
    }
}
