package dev.hexmart.tools.chaos;

import dev.hexmart.tools.bench.Client;
import dev.hexmart.tools.bench.Jvm;
import dev.hexmart.tools.bench.Parts;
import dev.hexmart.tools.bench.Shop;
import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Tools;
import dev.hexmart.tools.chaos.audit.Audit;
import dev.hexmart.tools.chaos.audit.Verdict;
import dev.hexmart.tools.load.Crowd;
import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.NoAnswer;
import dev.hexmart.tools.load.client.ShopClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** {@code ./hexmart chaos}. */
public final class Chaos implements AutoCloseable {

    private static final List<String> STORES = List.of(Stores.POSTGRES, Stores.REDIS, Stores.BROKER);

    /** The services that others reach by a URL, so that a proxy can stand before them. */
    private static final List<String> CALLED = List.of("products", "cart", "orders", "payments");

    static final List<String> DEPENDENCIES =
            Stream.concat(Shop.ALL.stream(), STORES.stream()).toList();

    private static final String METHODS = "card-ok=85,card-declined=7,card-slow=4,card-lost=4";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FOLLOWED = Duration.ofSeconds(60);
    private static final Duration TO_SETTLE = Duration.ofMinutes(4);
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private final Options options;
    private final PrintStream out;
    private final Path folder = Path.of(".hexmart", "chaos").toAbsolutePath();
    private final Path stored = folder.resolve("stores");
    private final Path books = stored.resolve("sandbox-ledger");
    private final Tools tools;
    private final Stores stores;
    private final Client client = new Client();
    private final Shop shop;
    private final Map<String, Proxy> proxies = new HashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Queue<ShopClient.Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final List<Impact.Done> done = new ArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final Optional<Path> faketime =
            FAKETIME.stream().filter(Files::exists).findFirst();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Chaos(Options options, Map<String, String> environment, PrintStream out) {
        this.options = options;
        this.out = out;
        this.tools = new Tools(environment.getOrDefault("PATH", ""));
        out.println("starting the stores");
        Path root = Path.of("").toAbsolutePath();
        this.stores = Stores.start(root, stored, tools, options.embedded());
        STORES.forEach(store -> proxies.put(store, new Proxy(stores.portOf(store))));
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(stores.variables(proxies));
        this.shop = new Shop(
                "hexmart",
                root,
                folder.resolve("shop"),
                Jvm.ofImages(root, "128m"),
                Parts.start(root, folder, variables),
                client,
                Optional.empty(),
                variables);
        shop.tell("SANDBOX_LEDGER", books.toString());
        // What a customer leaves unpaid must come to its end before the audit.
        shop.tell("RESERVATION_TIME", "PT30S");
        for (String service : CALLED) {
            Proxy proxy = new Proxy(shop.service(service).map(URI::getPort).orElseThrow());
            proxies.put(service, proxy);
            shop.tell(service.toUpperCase(Locale.ROOT) + "_URL", "http://localhost:" + proxy.port());
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Returns the exit status: 0 if everything holds, 1 for a breach or a failure, 2 for invalid arguments. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("hexmart chaos: " + e.getMessage());
            return 2;
        }
        try {
            if (options.page().isPresent()) {
                Page.write(options.page().get()).forEach(file -> out.println("wrote " + file));
                return 0;
            }
            return run(options, String.join(" ", arguments), environment, out);
        } catch (BenchFailure | IllegalArgumentException | IllegalStateException | NoAnswer | UncheckedIOException e) {
            err.println("hexmart chaos: " + e.getMessage());
            return 1;
        }
    }

    private static int run(Options options, String arguments, Map<String, String> environment, PrintStream out) {
        try (Chaos chaos = new Chaos(options, environment, out)) {
            Thread stop = new Thread(chaos::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            JsonObject report = chaos.run(arguments);
            Runtime.getRuntime().removeShutdownHook(stop);
            out.print("\n" + Page.table(report) + "\n" + Page.summary(report));
            Path json = options.json().orElse(Path.of(".hexmart", "chaos.json"));
            Files.writeString(json, report + "\n");
            out.println("results in " + json + ", the services' logs in " + chaos.folder.resolve("shop"));
            return report.getJsonArray("breaches").isEmpty() ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written: " + e, e);
        }
    }

    private JsonObject run(String arguments) {
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        startServices();
        Plan plan = Plan.of(options.seed(), choices(), options.duration(), options.interval());
        out.printf("%d faults by seed %d, on %s%n", plan.steps().size(), options.seed(), stores.description());
        notes.addAll(stores.missing());
        notes.forEach(out::println);
        Crowd crowd;
        try (ShopClient customers = new ShopClient(shop.service("gateway").orElseThrow(), PATIENCE, attempts::add);
                Identity identity = new Identity(shop.identity());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            crowd = new Crowd(customers, identity);
            crowd.visit(
                    options.rate(),
                    options.duration(),
                    METHODS,
                    FOLLOWED,
                    () -> threads.execute(() -> carryOut(plan, threads)));
        }
        out.println("the last shopper has left; the audit waits for what is under way");
        Verdict verdict = Audit.settled(
                stores.databaseUrl(stores.portOf(Stores.POSTGRES)),
                stores.user(),
                stores.password(),
                books,
                crowd.acknowledged(),
                TO_SETTLE);
        verdict.print(out);
        crowd.failures().forEach(failure -> notes.add("a visit failed: " + failure));
        return report(began, arguments, crowd.acknowledged().size(), verdict);
    }

    private void startServices() {
        if (options.cache() && !shop.hasCaches(tools)) {
            out.println("making the services' AOT caches (1 min)");
            shop.startTraining();
            try (ShopClient customers = new ShopClient(shop.service("gateway").orElseThrow());
                    Identity identity = new Identity(shop.identity())) {
                new Crowd(customers, identity).visit(5, Duration.ofSeconds(15), "card-ok", FOLLOWED, () -> {});
            }
            shop.stop();
            shop.keepCaches(tools);
        }
        out.println("starting the services");
        shop.start(options.cache());
        for (String service : Shop.ALL) {
            parts.put(service, new Part(service, shop.process(service), more -> shop.launch(service, more)));
        }
        parts.putAll(stores.parts());
    }

    /** All that can be done here; a note says what cannot. */
    private List<Plan.Choice> choices() {
        if (faketime.isEmpty()) {
            notes.add("no clock is turned: apt-get install faketime");
        }
        List<Plan.Choice> choices = DEPENDENCIES.stream()
                .flatMap(dependency -> Stream.of(Fault.values()).map(fault -> new Plan.Choice(dependency, fault)))
                .filter(this::isPossible)
                .filter(options::includes)
                .toList();
        if (choices.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing of --only " + String.join(",", options.only()) + " can be done here");
        }
        return choices;
    }

    private boolean isPossible(Plan.Choice choice) {
        return switch (choice.fault()) {
            case KILL, RESTART, PAUSE -> parts.containsKey(choice.dependency());
            case LATENCY, RESET, BLACK_HOLE, SLOW_CLOSE -> proxies.containsKey(choice.dependency());
            case DISK_FULL -> choice.dependency().equals(Stores.POSTGRES) && stores.hasQuota();
            case ALARM -> choice.dependency().equals(Stores.BROKER) && parts.containsKey(Stores.BROKER);
            case CLOCK -> CALLED.contains(choice.dependency()) && faketime.isPresent();
        };
    }

    private void carryOut(Plan plan, ExecutorService threads) {
        long start = System.nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        threads.execute(() -> {
            while (!over.get()) {
                parts.values().stream()
                        .filter(Part::startIfEnded)
                        .forEach(part -> say(start, part.name() + " had ended by itself, and is started again"));
                Proxy.pause(Duration.ofMillis(500));
            }
        });
        for (Plan.Step step : plan.steps()) {
            Proxy.pause(Duration.ofNanos(
                    Math.max(0, start + Duration.ofSeconds(step.at()).toNanos() - System.nanoTime())));
            Impact.Availability checkouts = Impact.availability(List.copyOf(attempts), Impact::isCheckout);
            say(
                    start,
                    "%-24s checkouts: %d, given up %d, requests failed %d"
                            .formatted(
                                    step.choice(),
                                    checkouts.actions(),
                                    checkouts.failed(),
                                    checkouts.requestsFailed()));
            done.add(new Impact.Done(step, System.nanoTime(), System.currentTimeMillis()));
            threads.execute(() -> carryOut(step));
        }
        // The last fault is over by then, and so is the last start of what it ended.
        Proxy.pause(Duration.ofSeconds(20));
        over.set(true);
    }

    private void say(long start, String words) {
        out.printf("%5d s  %s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds(), words);
    }

    private void carryOut(Plan.Step step) {
        try {
            inflict(step);
        } catch (RuntimeException e) {
            notes.add(step.choice() + " could not be done: " + e);
        }
    }

    private void inflict(Plan.Step step) {
        String dependency = step.choice().dependency();
        Duration time = Duration.ofSeconds(step.lasting());
        switch (step.choice().fault()) {
            case KILL -> {
                part(dependency).kill();
                Proxy.pause(Duration.ofSeconds(1));
                part(dependency).start(Map.of());
            }
            case RESTART -> {
                part(dependency).stop();
                part(dependency).start(Map.of());
            }
            case PAUSE -> {
                part(dependency).signal("STOP");
                Proxy.pause(time);
                part(dependency).signal("CONT");
            }
            case LATENCY, RESET, BLACK_HOLE, SLOW_CLOSE -> {
                Proxy proxy = Optional.ofNullable(proxies.get(dependency)).orElseThrow();
                proxy.breakBy(step.choice().fault());
                Proxy.pause(time);
                proxy.heal();
            }
            case DISK_FULL -> {
                stores.fillDisk();
                Proxy.pause(time);
                stores.emptyDisk();
            }
            case ALARM -> {
                stores.alarm(true);
                Proxy.pause(time);
                stores.alarm(false);
            }
            case CLOCK -> {
                part(dependency).stop();
                part(dependency)
                        .start(Map.of(
                                "LD_PRELOAD",
                                faketime.orElseThrow().toString(),
                                "FAKETIME",
                                step.lasting() % 2 == 0 ? "+120s" : "-120s",
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1",
                                "DONT_FAKE_MONOTONIC",
                                "1"));
                Proxy.pause(time.plusSeconds(3));
                part(dependency).stop();
                part(dependency).start(Map.of());
            }
        }
    }

    private Part part(String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow();
    }

    private JsonObject report(Instant began, String arguments, int acknowledged, Verdict verdict) {
        List<ShopClient.Attempt> all = List.copyOf(attempts);
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (Impact.Row row : Impact.rows(done, all, verdict.subjects())) {
            JsonObjectBuilder seen = Json.createObjectBuilder();
            row.seen().forEach(seen::add);
            rows.add(Json.createObjectBuilder()
                    .add("dependency", row.dependency())
                    .add("fault", row.fault())
                    .add("times", row.times())
                    .add("seen", seen)
                    .add("seconds", rounded(row.seconds()))
                    .add("slowestPage", rounded(row.slowestPage()))
                    .add("slowestCheckout", rounded(row.slowestCheckout()))
                    .add("givenUp", row.givenUp())
                    .add("lost", row.lost()));
        }
        JsonArrayBuilder invariants = Json.createArrayBuilder();
        verdict.summary()
                .forEach((rule, checked) -> invariants.add(Json.createObjectBuilder()
                        .add("rule", rule)
                        .add("checked", checked.words())
                        .add("breaches", checked.breaches())));
        return Json.createObjectBuilder()
                .add("format", 1)
                .add("when", began.toString())
                .add("command", ("./hexmart chaos " + arguments.replaceAll("\\S*/\\S*", "…")).strip())
                .add(
                        "machine",
                        "%s, %d cores, load average %.0f at the end, Java %d"
                                .formatted(
                                        system.getName(),
                                        system.getAvailableProcessors(),
                                        system.getSystemLoadAverage(),
                                        Runtime.version().feature()))
                .add("stores", stores.description())
                .add("seed", options.seed())
                .add("seconds", options.duration().toSeconds())
                .add("every", options.interval().toSeconds())
                .add("rate", options.rate())
                .add("faults", done.size())
                .add("acknowledged", acknowledged)
                .add("catalog", json(Impact.availability(all, Impact::isCatalog)))
                .add("checkout", json(Impact.availability(all, Impact::isCheckout)))
                .add("rows", rows)
                .add("invariants", invariants)
                .add("breaches", strings(verdict.words()))
                .add("notes", strings(notes))
                .build();
    }

    private static JsonObjectBuilder json(Impact.Availability it) {
        return Json.createObjectBuilder()
                .add("actions", it.actions())
                .add("failed", it.failed())
                .add("percent", it.percent())
                .add("requests", it.requests())
                .add("requestsFailed", it.requestsFailed())
                .add("percentOfRequests", it.percentOfRequests());
    }

    private static JsonArrayBuilder strings(Collection<String> texts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            shop.stop();
            stores.close();
            client.close();
        }
    }
}
