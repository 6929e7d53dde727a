package dev.hexmart.bootstrap.platform.process;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The environment variables, read as what they are meant to be.
 *
 * <p>A variable that is set to nothing counts as not set: that is how compose files pass on what their user left out.
 */
public record Environment(Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    public Optional<String> find(String variable) {
        return Optional.ofNullable(variables.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String variable) {
        return find(variable).orElseThrow(() -> new ConfigurationError(variable, "is not set"));
    }

    /** An absolute address of one of the given schemes. */
    public URI uri(String variable, String... schemes) {
        return uri(variable, text(variable), schemes);
    }

    public URI uriOr(String variable, String otherwise, String... schemes) {
        return uri(variable, find(variable).orElse(otherwise), schemes);
    }

    public Optional<URI> uriIfSet(String variable, String... schemes) {
        return find(variable).map(value -> uri(variable, value, schemes));
    }

    public UUID uuid(String variable) {
        try {
            return UUID.fromString(text(variable));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError(variable, "must be a UUID");
        }
    }

    /** A whole number within the bounds, both included. */
    public int numberOr(String variable, int otherwise, int least, int most) {
        String problem = "must be a whole number from " + least + " to " + most;
        try {
            int number = find(variable).map(Integer::parseInt).orElse(otherwise);
            if (number < least || number > most) {
                throw new ConfigurationError(variable, problem);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new ConfigurationError(variable, problem);
        }
    }

    /** A whole number from 1 to the most, or nothing for {@code off}. */
    public OptionalInt limitOr(String variable, int otherwise, int most) {
        try {
            return find(variable).filter("off"::equals).isPresent()
                    ? OptionalInt.empty()
                    : OptionalInt.of(numberOr(variable, otherwise, 1, most));
        } catch (ConfigurationError e) {
            throw new ConfigurationError(variable, "must be a whole number from 1 to " + most + ", or off");
        }
    }

    /** A TCP port; 0 asks for any that is free. */
    public int portOr(String variable, int otherwise) {
        return numberOr(variable, otherwise, 0, 65_535);
    }

    /** {@code true} or {@code false}. */
    public boolean flagOr(String variable, boolean otherwise) {
        return choiceOr(variable, Boolean.toString(otherwise), "true", "false").equals("true");
    }

    /** One of the given words. */
    public String choiceOr(String variable, String otherwise, String... words) {
        String word = find(variable).orElse(otherwise);
        if (!List.of(words).contains(word)) {
            throw new ConfigurationError(variable, "must be " + String.join(" or ", words));
        }
        return word;
    }

    /** An ISO-8601 duration such as {@code PT15M}, more than nothing. */
    public Duration durationOr(String variable, Duration otherwise) {
        try {
            Duration duration = find(variable).map(Duration::parse).orElse(otherwise);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException _) {
            // said below, in the same words as for a duration that is not positive
        }
        throw new ConfigurationError(variable, "must be an ISO-8601 duration above zero, such as PT15M");
    }

    private static URI uri(String variable, String value, String... schemes) {
        String problem = "must be an address that begins with " + String.join(":// or ", schemes) + "://";
        try {
            URI uri = URI.create(value);
            for (String scheme : schemes) {
                if (scheme.equals(uri.getScheme()) && uri.getHost() != null) {
                    return uri;
                }
            }
        } catch (IllegalArgumentException _) {
            // said below: the exception's message would quote the value, which may hold a password
        }
        throw new ConfigurationError(variable, problem);
    }
}
