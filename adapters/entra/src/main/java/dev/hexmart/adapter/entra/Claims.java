package dev.hexmart.adapter.entra;

import dev.hexmart.domain.shared.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The claims of a token whose signature is good, by name; one of the wrong type is as bad as one that is missing. */
record Claims(Map<String, Object> values) {

    /** The end of the year 9999: what lies beyond can overflow where times are added. */
    private static final long LAST_SECOND = 253_402_300_799L;

    Optional<String> find(String name) {
        return values.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    String require(String name) throws Rejection {
        return find(name).orElseThrow(() -> new Rejection("no " + name));
    }

    void requireEqual(String name, String expected) throws Rejection {
        if (!require(name).equals(expected)) {
            throw new Rejection("wrong " + name);
        }
    }

    Instant requireTime(String name) throws Rejection {
        if (values.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
            return Instant.ofEpochSecond(seconds);
        }
        throw new Rejection("no " + name);
    }

    CustomerId requirePerson() throws Rejection {
        try {
            return CustomerId.parse(require("tid") + "." + require("oid"));
        } catch (IllegalArgumentException e) {
            throw new Rejection("oid is no GUID");
        }
    }

    Set<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
