package dev.hexmart.tools.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the chaos can be told.
 *
 * @param only dependencies and faults, such as {@code orders} and {@code kill}; all if empty
 * @param page the JSON file that the page is made of; nothing is run then
 */
record Options(
        long seed,
        Duration duration,
        Duration interval,
        int rate,
        List<String> only,
        boolean embedded,
        boolean cache,
        Optional<Path> json,
        Optional<Path> page) {

    static final String USAGE = """
        usage: hexmart chaos [--seed 1] [--seconds 300] [--every 10] [--rate 4] [--only WORD,WORD…] [--embedded] [--cache on|off]
                             [--json FILE]
               hexmart chaos --short
               hexmart chaos --page FILE.json

          Starts a shop of its own, has shoppers order in it, and does to its services and stores what the plan says: kills, stops,
          pauses them, cuts them off, fills the disk, raises the broker's memory alarm, turns a clock. Then it audits the databases
          and the payment provider's books (./hexmart audit), and prints what customers saw of each fault. Exits 1 on a breach.

          --seed      makes the plan: the same seed, the same faults at the same times
          --seconds   for how long shoppers come
          --every     a fault every so many seconds
          --rate      checkouts a second
          --only      some of: gateway, products, cart, orders, payments, identity, postgres, redis, broker; kill, restart, pause,
                      latency, reset, black-hole, slow-close, disk-full, alarm, clock
          --embedded  the embedded stores, even if Postgres, Redis and RabbitMQ are installed; they are cut off, not killed
          --cache     on: services start with AOT caches, as the images do, which are made first where there are none (1 min)
          --short     a minute: --seconds 45 --every 5 --rate 3 --cache off
          --json      where to write the results; .hexmart/chaos.json if not given
          --page      makes the page beside FILE.json: FILE.md and its chart
        """;

    private static final Map<String, String> DEFAULTS = Map.of(
            "--seed",
            "1",
            "--seconds",
            "300",
            "--every",
            "10",
            "--rate",
            "4",
            "--only",
            "",
            "--cache",
            "on",
            "--json",
            "",
            "--page",
            "");

    /** @throws IllegalArgumentException with a message for the terminal */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        boolean embedded = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String[] option = rest.next().split("=", 2);
            switch (option[0]) {
                case "--embedded" -> embedded = true;
                case "--short" ->
                    values.putAll(Map.of("--seconds", "45", "--every", "5", "--rate", "3", "--cache", "off"));
                default -> {
                    if (!DEFAULTS.containsKey(option[0])) {
                        throw new IllegalArgumentException("there is no option " + option[0] + "\n" + USAGE);
                    }
                    if (option.length == 1 && !rest.hasNext()) {
                        throw new IllegalArgumentException(option[0] + " needs a value\n" + USAGE);
                    }
                    values.put(option[0], option.length == 2 ? option[1] : rest.next());
                }
            }
        }
        return new Options(
                number(values, "--seed", 0, 999_999_999),
                Duration.ofSeconds(number(values, "--seconds", 20, 86_400)),
                Duration.ofSeconds(number(values, "--every", 1, 3_600)),
                number(values, "--rate", 1, 100),
                words(values.getOrDefault("--only", "")),
                embedded,
                onOrOff(values.getOrDefault("--cache", "")),
                file(values, "--json"),
                file(values, "--page"));
    }

    /** Whether the choice is among those asked for: by its dependency, its fault, or both where both kinds are named. */
    boolean includes(Plan.Choice choice) {
        return includes(choice.dependency(), Chaos.DEPENDENCIES) && includes(word(choice.fault()), faults());
    }

    private boolean includes(String word, List<String> kind) {
        return only.contains(word) || only.stream().noneMatch(kind::contains);
    }

    private static List<String> faults() {
        return Stream.of(Fault.values()).map(Options::word).toList();
    }

    private static String word(Fault fault) {
        return fault.toString().replace(' ', '-');
    }

    private static Optional<Path> file(Map<String, String> values, String option) {
        return Optional.ofNullable(values.get(option))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    private static int number(Map<String, String> values, String option, int least, int most) {
        String text = values.getOrDefault(option, "");
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "%s must be a whole number from %d to %d, and is '%s'".formatted(option, least, most, text));
    }

    private static List<String> words(String text) {
        List<String> known =
                Stream.concat(Chaos.DEPENDENCIES.stream(), faults().stream()).toList();
        List<String> chosen = text.isEmpty() ? List.of() : List.of(text.split(","));
        for (String word : chosen) {
            if (!known.contains(word)) {
                throw new IllegalArgumentException(
                        "--only knows no '" + word + "'; it takes some of " + String.join(", ", known));
            }
        }
        return chosen;
    }

    private static boolean onOrOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("--cache must be on or off, and is '" + text + "'");
        };
    }
}
