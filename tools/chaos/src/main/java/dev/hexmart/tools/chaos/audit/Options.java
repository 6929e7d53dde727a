package dev.hexmart.tools.chaos.audit;

import dev.hexmart.tools.chaos.audit.Databases.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the audit can be told.
 *
 * @param addresses of the databases, by service
 * @param patience how long what does not fit is looked at again before it is a breach
 */
record Options(Map<String, Address> addresses, Optional<Path> books, boolean settled, Duration patience) {

    static final String USAGE = """
        usage: hexmart audit [--products URL] [--orders URL] [--payments URL] [--books FILE] [--settled] [--patience 30]

          Reads the three databases and the payment provider's books, and prints what must hold and whether it does. Exits 1 on a
          breach. It changes nothing, and may run beside a shop that is in use: what is under way is counted, not blamed.

          --products  JDBC URL of the products' database, such as jdbc:postgresql://localhost:5432/ecommerce?user=…&password=…;
                      so --orders and --payments. One role may read all three schemas, or each its own
          --books     where the payment sandbox keeps its books: SANDBOX_LEDGER of the payments service
          --settled   nothing may be under way any more: all customers have left, and the shop has had its time
          --patience  for how many seconds what does not fit is looked at again before it is a breach

          Without options, the first that is there: PRODUCTS_DATABASE_URL and its like, or DATABASE_URL, with DATABASE_USER and
          DATABASE_PASSWORD; the demo's data in .hexmart/; the secrets of Docker Compose in infra/.env. With Compose, get the
          books by: docker compose cp payments:/var/lib/hexmart/ledger /tmp/ledger
        """;

    private static final String URL = "jdbc:postgresql:.+";

    /** What the value of each option looks like. */
    private static final Map<String, String> FORMS = Map.of(
            "--products",
            URL,
            "--orders",
            URL,
            "--payments",
            URL,
            "--books",
            ".+",
            "--settled",
            "",
            "--patience",
            "[0-9]{1,5}");

    /** @param root the checkout. An {@link IllegalArgumentException} has a message for the user */
    static Options parse(List<String> arguments, Map<String, String> environment, Path root) {
        Map<String, String> values = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String[] option = rest.next().split("=", 2);
            if (!FORMS.containsKey(option[0])) {
                throw new IllegalArgumentException("there is no option " + option[0] + "\n" + USAGE);
            }
            boolean flag = option[0].equals("--settled");
            if (!flag && option.length == 1 && !rest.hasNext()) {
                throw new IllegalArgumentException(option[0] + " needs a value\n" + USAGE);
            }
            String value = flag ? "" : option.length == 2 ? option[1] : rest.next();
            if (!value.matches(FORMS.getOrDefault(option[0], ""))
                    || (option[0].equals("--books") && !Files.isReadable(Path.of(value)))) {
                throw new IllegalArgumentException(option[0] + " cannot be '" + value + "'\n" + USAGE);
            }
            values.put(option[0], value);
        }
        Map<String, Address> addresses = new HashMap<>();
        for (String service : List.of("products", "orders", "payments")) {
            addresses.put(
                    service,
                    Optional.ofNullable(values.get("--" + service))
                            .or(() -> variable(environment, service.toUpperCase(Locale.ROOT) + "_DATABASE_URL"))
                            .or(() -> variable(environment, "DATABASE_URL"))
                            .map(url -> of(url, environment))
                            .or(() -> ofDemo(root))
                            .or(() -> ofCompose(root))
                            .orElseThrow(() -> new IllegalArgumentException("no database of " + service
                                    + " is known: start ./hexmart demo, or say where it is\n" + USAGE)));
        }
        Optional<Path> books = Optional.ofNullable(values.get("--books"))
                .or(() -> variable(environment, "SANDBOX_LEDGER"))
                .map(Path::of)
                .or(() -> ofDemo(root)
                        .filter(addresses.values()::contains)
                        .map(_ -> root.resolve(".hexmart/sandbox-ledger")));
        Duration patience = Duration.ofSeconds(Long.parseLong(values.getOrDefault("--patience", "30")));
        return new Options(addresses, books, values.containsKey("--settled"), patience);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static Address of(String url, Map<String, String> environment) {
        return url.contains("user=")
                ? new Address(url, "", "")
                : new Address(
                        url,
                        environment.getOrDefault("DATABASE_USER", ""),
                        environment.getOrDefault("DATABASE_PASSWORD", ""));
    }

    private static Optional<Address> ofDemo(Path root) {
        Path part = root.resolve(".hexmart/postgres");
        return Files.exists(part.resolve("data/postmaster.pid"))
                ? Optional.of(new Address(
                        "jdbc:postgresql://127.0.0.1:" + read(part.resolve("port")) + "/ecommerce",
                        "postgres",
                        read(part.resolve("password"))))
                : Optional.empty();
    }

    private static Optional<Address> ofCompose(Path root) {
        Path secrets = root.resolve("infra/.env");
        return Files.exists(secrets)
                ? read(secrets)
                        .lines()
                        .filter(line -> line.startsWith("POSTGRES_PASSWORD="))
                        .map(line -> new Address(
                                "jdbc:postgresql://localhost:5432/ecommerce", "postgres", line.split("=", 2)[1]))
                        .findFirst()
                : Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
