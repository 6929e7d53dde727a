package dev.hexmart.tools.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the load can be told.
 *
 * @param rate how many checkouts are started a second
 * @param patience how long an accepted order, and after the last one the whole shop, may take to come to rest
 */
record Options(
        double rate,
        Duration duration,
        URI shop,
        URI identity,
        MethodMix methods,
        Duration patience,
        Optional<Path> json) {

    static final String USAGE = """
            usage: hexmart load [--rate 10] [--duration 60s] [--methods card-ok=85,card-declined=10,card-slow=3,card-lost=2]
                                [--shop http://localhost:8080] [--identity http://localhost:8090] [--patience 60s] [--json FILE]

              --rate       checkouts started a second, whether or not earlier ones have finished
              --duration   for how long: 30s, 5m, PT1H
              --methods    the means of payment, and how many shoppers have each
              --patience   how long an order may take until it is paid or cancelled
              --json       writes the results there as well, for machines
            """;

    private static final Set<String> NAMES =
            Set.of("--rate", "--duration", "--methods", "--shop", "--identity", "--patience", "--json");
    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,6})(s|m|h)");
    private static final double MOST_A_SECOND = 1000;
    private static final Duration LONGEST = Duration.ofHours(24);

    /**
     * @param environment {@code GATEWAY_PORT} and {@code IDENTITY_PORT} are where the demo listens unless it is said
     * @throws IllegalArgumentException with a message for the user
     */
    static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String[] option = rest.next().split("=", 2);
            if (!NAMES.contains(option[0])) {
                throw new IllegalArgumentException("there is no option " + option[0] + "\n" + USAGE);
            }
            if (option.length == 1 && !rest.hasNext()) {
                throw new IllegalArgumentException(option[0] + " needs a value\n" + USAGE);
            }
            given.put(option[0], option.length == 2 ? option[1] : rest.next());
        }
        return new Options(
                rate(given.getOrDefault("--rate", "10")),
                duration("--duration", given.getOrDefault("--duration", "60s")),
                address("--shop", given.getOrDefault("--shop", local(environment, "GATEWAY_PORT", "8080"))),
                address("--identity", given.getOrDefault("--identity", local(environment, "IDENTITY_PORT", "8090"))),
                mix(given.getOrDefault("--methods", MethodMix.DEFAULT)),
                duration("--patience", given.getOrDefault("--patience", "60s")),
                Optional.ofNullable(given.get("--json")).map(Path::of));
    }

    Arrivals arrivals() {
        return new Arrivals(rate, duration);
    }

    private static double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate <= MOST_A_SECOND) {
                return rate;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number out of bounds
        }
        throw new IllegalArgumentException(
                "--rate must be a number above 0 and up to %.0f, and is '%s'".formatted(MOST_A_SECOND, text));
    }

    private static Duration duration(String option, String text) {
        Matcher brief = SHORT_DURATION.matcher(text.toLowerCase(Locale.ROOT));
        try {
            Duration time = Duration.parse(brief.matches() ? "PT" + brief.group(1) + brief.group(2) : text);
            if (time.isPositive() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeParseException _) {
            // said below, as for a time out of bounds
        }
        throw new IllegalArgumentException(
                option + " must be a time such as 30s, 5m or PT1H, up to 24h, and is '" + text + "'");
    }

    private static MethodMix mix(String text) {
        try {
            return MethodMix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--methods '" + text + "': " + e.getMessage(), e);
        }
    }

    private static String local(Map<String, String> environment, String variable, String otherwise) {
        String port = environment.getOrDefault(variable, "").strip();
        return "http://localhost:" + (port.isEmpty() ? otherwise : port);
    }

    private static URI address(String option, String text) {
        try {
            URI address = URI.create(text.replaceFirst("/+$", ""));
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new IllegalArgumentException(
                option + " must be an address such as http://localhost:8080, and is '" + text + "'");
    }
}
