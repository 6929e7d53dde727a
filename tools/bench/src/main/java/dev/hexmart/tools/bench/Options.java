package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arguments of a benchmark.
 *
 * @param seconds how long a route is measured in a round
 * @param warmUp how long each route is loaded before the first round, in seconds
 * @param only what is measured: keys of {@link Route}, {@link #ORDERS}, {@link #LIMITS}, {@link #START}
 * @param cache whether the JVMs start with an AOT cache, as the images do
 * @param page the JSON file that the page is made of; nothing is measured then
 */
record Options(
        int rounds,
        int seconds,
        int warmUp,
        int connections,
        String heap,
        boolean cache,
        boolean quick,
        Set<String> only,
        List<Against> against,
        Optional<Path> json,
        Optional<Path> page) {

    static final String ORDERS = "orders";
    static final String LIMITS = "limits";
    static final String START = "start";

    static final String USAGE = """
        usage: hexmart bench [--quick] [--rounds 3] [--seconds 8] [--warm-up 10] [--connections 64] [--heap 256m]
                             [--cache on|off] [--only KEY,KEY…] [--against TARGET]… [--json FILE]
               hexmart bench --page FILE.json
               hexmart bench --micro [JMH's own options]

          Starts the services as processes with the JVM options of the images, loads each route in alternating rounds with
          wrk (or h2load), and prints requests a second, latencies, CPU for each 1,000 requests, memory, start times, and
          orders to PAID. The results are also written to .hexmart/bench/TIME.json. Leave the machine alone meanwhile.

          --quick        one round of 2 s, for a first impression: 2 minutes
          --rounds       how often each route is measured; medians are printed
          --seconds      how long each time
          --warm-up      how long each route is loaded before, in seconds
          --connections  open at a time
          --heap         of each service, -Xmx
          --cache        on: each JVM starts with an AOT cache, which is made first where there is none (1 min)
          --only         products, product, search, gateway-products, cart, cart-add, page-front, page-product, page-cart,
                         page-order, orders (order to PAID), limits (pgbench, redis-benchmark, a static answer),
                         start (start to first answer)
          --against      another implementation, measured in the same rounds; may be repeated. TARGET is one of
                           [NAME@]FOLDER           another checkout, built: started like this one
                           [NAME@]URL              one address for all routes
                           [NAME@]products=URL,cart=URL,orders=URL,payments=URL,gateway=URL   those it has
                         With addresses also identity=URL, the local identity provider whose tokens it takes (if not given:
                         this checkout's, at IDENTITY_PORT), and postgres=PORT, redis=PORT, broker=PORT for their CPU
          --json         where to write the results
          --page         makes the page beside FILE.json: FILE.md and its charts
          --micro        runs the micro-benchmarks of codecs and core instead

          The parts are embedded ones unless DATABASE_URL (with DATABASE_USER, DATABASE_PASSWORD), REDIS_URL or AMQP_URL
          name others. Give it a database of its own: it places thousands of orders. Other variables, such as LOG_LEVEL,
          reach the services as they are.
        """;

    Options {
        only = Set.copyOf(only);
        against = List.copyOf(against);
    }

    /** @throws IllegalArgumentException with a message for the terminal */
    static Options parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        List<Against> against = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String[] option = rest.next().split("=", 2);
            switch (option[0]) {
                case "--quick" -> given.put("--quick", "");
                case "--against" -> add(Against.parse(value(option, rest)), against);
                case "--rounds",
                        "--seconds",
                        "--warm-up",
                        "--connections",
                        "--heap",
                        "--cache",
                        "--only",
                        "--json",
                        "--page" -> given.put(option[0], value(option, rest));
                default -> throw new IllegalArgumentException("there is no option " + option[0] + "\n" + USAGE);
            }
        }
        boolean quick = given.containsKey("--quick");
        return new Options(
                number(given, "--rounds", quick ? 1 : 3, 100),
                number(given, "--seconds", quick ? 2 : 8, 600),
                number(given, "--warm-up", quick ? 2 : 10, 600),
                number(given, "--connections", 64, 500),
                heap(given.getOrDefault("--heap", "256m")),
                isOn(given.getOrDefault("--cache", "on")),
                quick,
                only(given.getOrDefault("--only", String.join(",", keys()))),
                against,
                Optional.ofNullable(given.get("--json")).map(Path::of),
                Optional.ofNullable(given.get("--page")).map(Path::of));
    }

    boolean measures(String key) {
        return only.contains(key);
    }

    private static void add(Against another, List<Against> all) {
        if (another.name().equals(Target.OWN)
                || all.stream().anyMatch(other -> other.name().equals(another.name()))) {
            throw new IllegalArgumentException("two targets are called " + another.name()
                    + ": give --against another name, as in --against before@/path/to/checkout");
        }
        all.add(another);
    }

    private static String value(String[] option, Iterator<String> rest) {
        if (option.length == 2) {
            return option[1];
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option[0] + " needs a value\n" + USAGE);
        }
        return rest.next();
    }

    private static int number(Map<String, String> given, String option, int otherwise, int most) {
        String text = given.getOrDefault(option, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number out of bounds
        }
        throw new IllegalArgumentException(
                "%s must be a whole number from 1 to %d, and is '%s'".formatted(option, most, text));
    }

    private static String heap(String text) {
        if (!text.matches("[1-9][0-9]{0,4}[mg]")) {
            throw new IllegalArgumentException("--heap must be a size such as 256m or 1g, and is '" + text + "'");
        }
        return text;
    }

    private static boolean isOn(String text) {
        if (!List.of("on", "off").contains(text)) {
            throw new IllegalArgumentException("--cache must be on or off, and is '" + text + "'");
        }
        return text.equals("on");
    }

    private static Set<String> only(String text) {
        Set<String> chosen = new LinkedHashSet<>(List.of(text.split(",")));
        for (String key : chosen) {
            if (!keys().contains(key)) {
                throw new IllegalArgumentException(
                        "--only knows no '" + key + "'; it takes some of " + String.join(", ", keys()));
            }
        }
        return chosen;
    }

    private static List<String> keys() {
        return Stream.concat(Stream.of(Route.values()).map(Route::key), Stream.of(ORDERS, LIMITS, START))
                .toList();
    }
}
