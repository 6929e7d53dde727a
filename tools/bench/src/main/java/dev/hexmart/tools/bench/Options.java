package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,4}[mg]");

    static final Options DEFAULT =
            new Options(3, 8, 10, 64, "256m", true, false, keys(), List.of(), Optional.empty(), Optional.empty());

    Options {
        only = Set.copyOf(only);
        against = List.copyOf(against);
    }

    /** @throws IllegalArgumentException with a message for the terminal */
    static Options parse(List<String> arguments) {
        Options options = DEFAULT;
        if (arguments.contains("--quick")) {
            options =
                    new Options(1, 2, 2, 64, "256m", true, true, keys(), List.of(), Optional.empty(), Optional.empty());
        }
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String[] option = rest.next().split("=", 2);
            options = options.with(option[0], () -> option.length == 2 ? option[1] : next(option[0], rest));
        }
        return options;
    }

    boolean measures(String key) {
        return only.contains(key);
    }

    @FunctionalInterface
    private interface Value {
        String text();
    }

    private Options with(String option, Value value) {
        return switch (option) {
            case "--quick" -> this;
            case "--rounds" -> copy(number(option, value, 1, 100), seconds, warmUp, connections);
            case "--seconds" -> copy(rounds, number(option, value, 1, 600), warmUp, connections);
            case "--warm-up" -> copy(rounds, seconds, number(option, value, 1, 600), connections);
            case "--connections" -> copy(rounds, seconds, warmUp, number(option, value, 1, 500));
            case "--heap" -> copy(heap(value.text()), cache, only, against);
            case "--cache" -> copy(heap, onOrOff(option, value.text()), only, against);
            case "--only" -> copy(heap, cache, only(value.text()), against);
            case "--against" -> copy(heap, cache, only, added(Against.parse(value.text())));
            case "--json" -> copy(Optional.of(Path.of(value.text())), page);
            case "--page" -> copy(json, Optional.of(Path.of(value.text())));
            default -> throw new IllegalArgumentException("there is no option " + option + "\n" + USAGE);
        };
    }

    private Options copy(int newRounds, int newSeconds, int newWarmUp, int newConnections) {
        return new Options(
                newRounds, newSeconds, newWarmUp, newConnections, heap, cache, quick, only, against, json, page);
    }

    private Options copy(String newHeap, boolean newCache, Set<String> newOnly, List<Against> newAgainst) {
        return new Options(
                rounds, seconds, warmUp, connections, newHeap, newCache, quick, newOnly, newAgainst, json, page);
    }

    private Options copy(Optional<Path> newJson, Optional<Path> newPage) {
        return new Options(rounds, seconds, warmUp, connections, heap, cache, quick, only, against, newJson, newPage);
    }

    private List<Against> added(Against another) {
        if (another.name().equals(Target.OWN)
                || against.stream().anyMatch(other -> other.name().equals(another.name()))) {
            throw new IllegalArgumentException("two targets are called " + another.name()
                    + ": give --against another name, as in --against before@/path/to/checkout");
        }
        List<Against> all = new ArrayList<>(against);
        all.add(another);
        return all;
    }

    private static String next(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }

    private static int number(String option, Value value, int least, int most) {
        String text = value.text();
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number out of bounds
        }
        throw new IllegalArgumentException(
                "%s must be a whole number from %d to %d, and is '%s'".formatted(option, least, most, text));
    }

    private static String heap(String text) {
        if (!HEAP.matcher(text).matches()) {
            throw new IllegalArgumentException("--heap must be a size such as 256m or 1g, and is '" + text + "'");
        }
        return text;
    }

    private static boolean onOrOff(String option, String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(option + " must be on or off, and is '" + text + "'");
        };
    }

    private static Set<String> only(String text) {
        Set<String> known = keys();
        Set<String> chosen = new LinkedHashSet<>(List.of(text.split(",")));
        for (String key : chosen) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "--only knows no '" + key + "'; it takes some of " + String.join(", ", known));
            }
        }
        return chosen;
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Route route : Route.values()) {
            keys.add(route.key());
        }
        keys.addAll(List.of(ORDERS, LIMITS, START));
        return keys;
    }
}
