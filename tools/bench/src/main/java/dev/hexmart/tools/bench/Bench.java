package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Generator;
import dev.hexmart.tools.bench.generator.Route;
import dev.hexmart.tools.bench.generator.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A benchmark, from its arguments to its results. */
public final class Bench {

    private static final int MISUSED = 2;

    /** Of what is loaded to make an AOT cache, in seconds a route. */
    private static final int TRAINING = 2;

    private static final int ORDER_CONNECTIONS = 32;
    private static final int ORDERS_PER_SECOND = 50;

    private final Options options;
    private final PrintStream out;
    private final Tools tools;
    private final Client client;
    private final Optional<Proc> proc;
    private final Meter meter;
    private final Path folder;
    private final Generator generator;
    private final Map<String, String> environment;
    private final List<Target> targets = new ArrayList<>();
    private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Customers> customers = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Results results = new Results();

    private Bench(
            Options options,
            PrintStream out,
            Tools tools,
            Client client,
            Path folder,
            Generator generator,
            Map<String, String> environment) {
        this.options = options;
        this.out = out;
        this.tools = tools;
        this.client = client;
        this.proc = Proc.here(tools);
        this.meter = new Meter(proc);
        this.folder = folder;
        this.generator = generator;
        this.environment = environment;
    }

    /**
     * Runs a benchmark as the command line asks for it.
     *
     * @return the exit status: 0 if everything was measured, 1 if it failed, 2 for arguments that are wrong
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("hexmart bench: " + e.getMessage());
            return MISUSED;
        }
        try {
            if (options.page().isPresent()) {
                Page.write(options.page().get()).forEach(file -> out.println("wrote " + file));
            } else {
                measure(options, arguments, environment, out);
            }
            return 0;
        } catch (BenchFailure | UncheckedIOException | IllegalArgumentException e) {
            err.println("hexmart bench: " + e.getMessage());
            return 1;
        }
    }

    private static void measure(
            Options options, List<String> arguments, Map<String, String> environment, PrintStream out) {
        Path folder = Path.of(".hexmart", "bench").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written", e);
        }
        Tools tools = new Tools(environment.getOrDefault("PATH", ""));
        Generator generator = Generator.find(tools, folder);
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path json = options.json()
                .orElse(folder.resolve(began.toString().replace(":", "").replace("-", "") + ".json"));
        try (Client client = new Client()) {
            Bench bench = new Bench(options, out, tools, client, folder, generator, environment);
            Thread stop = new Thread(bench::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                Report report = bench.run(began, String.join(" ", arguments));
                print(report, out);
                Files.writeString(json, ReportJson.write(report));
                out.println("results in " + json);
            } catch (IOException e) {
                throw new UncheckedIOException("the results cannot be written to " + json + ": " + e, e);
            } finally {
                bench.close();
            }
        }
    }

    private static void print(Report report, PrintStream out) {
        for (Table table : Table.of(report)) {
            String columns = " (app, Postgres, Redis, broker: CPU seconds for each 1,000)";
            out.println("\n" + table.title() + (table.head().contains("app") ? columns : ""));
            out.print(table.text());
        }
        out.println();
        report.notes().forEach(note -> out.println("note: " + note));
    }

    private Report run(Instant began, String arguments) {
        if (proc.isEmpty()) {
            note("This system has no /proc, so neither CPU nor memory is measured");
        }
        Shop own = openTargets();
        for (Target target : targets) {
            openCustomers(target);
        }
        if (options.measures(Options.START)) {
            measureStarts();
        }
        List<Limits.Limit> limits = List.of();
        if (options.measures(Options.LIMITS)) {
            limits = new Limits(tools, own, client, customersOf(own), generator, folder, options)
                    .open(opened::add, this::note);
        }
        List<Target> loaded = List.copyOf(targets);
        Map<Target, List<Route>> routes = new LinkedHashMap<>();
        for (Target target : loaded) {
            routes.put(target, warmUp(target));
        }
        for (int round = 0; round < options.rounds(); round++) {
            List<Target> turn = new ArrayList<>(loaded);
            Collections.rotate(turn, -round);
            measureRoutes(round, turn, routes);
            measureLimits(round, limits);
            measureOrders(round, turn);
        }
        noteOthers();
        return new Report(
                began.toString(),
                machine(),
                new Report.Settings(
                        options.rounds(),
                        options.seconds(),
                        options.warmUp(),
                        options.connections(),
                        own.jvm().options(),
                        options.cache() && own.hasCaches(tools),
                        own.parts().description(),
                        ("./hexmart bench " + arguments.replaceAll("\\S*/\\S*", "…")).strip()),
                results.implementations(loaded, this::services),
                results.limits(),
                notes);
    }

    private Shop openTargets() {
        Shop own = openShop(Target.OWN, Path.of("").toAbsolutePath(), environment);
        targets.add(own);
        for (Against against : options.against()) {
            switch (against) {
                case Against.Checkout checkout -> {
                    Map<String, String> without = new LinkedHashMap<>(environment);
                    // These are for one shop alone.
                    without.keySet()
                            .removeIf(name -> name.matches(".*_PORT|DATABASE_(URL|USER|PASSWORD)|REDIS_URL|AMQP_URL"));
                    targets.add(openShop(checkout.name(), checkout.root(), without));
                }
                case Against.Running running -> targets.add(Target.Elsewhere.of(running, own.identity(), proc));
            }
        }
        return own;
    }

    private Shop openShop(String name, Path root, Map<String, String> variables) {
        say("starting the parts of " + name);
        Path home = folder.resolve(name);
        Parts parts = Parts.start(root, home.resolve("parts"), variables);
        Shop shop = new Shop(name, root, home, Jvm.ofImages(root, options.heap()), parts, client, proc, variables);
        opened.add(shop);
        if (options.cache() && !shop.hasCaches(tools)) {
            if (options.quick()) {
                note("Without AOT caches: --quick makes none, a run without it does");
            } else {
                train(shop);
            }
        }
        say("starting the services of " + name);
        shop.start(options.cache() && shop.hasCaches(tools));
        return shop;
    }

    /** As the images' caches are made: from a run in which the routes are used. */
    private void train(Shop shop) {
        say("making the AOT caches of " + shop.name() + " (1 min)");
        shop.startTraining();
        Customers trainers = Customers.signIn(shop, client);
        trainers.restock();
        boolean pages = trainers.openSessions() && trainers.placeOrders();
        for (Route route : Route.values()) {
            if ((pages || route.as() == Route.As.TOKEN) && generator.canSend(route.method())) {
                trainers.prepareCarts(route);
                burst(shop, trainers, route, 4, TRAINING);
            }
        }
        new OrderLoad(shop.service("orders").orElseThrow(), trainers, client).closedLoop(4, TRAINING);
        shop.stop();
        shop.keepCaches(tools);
    }

    private void openCustomers(Target target) {
        say("signing in shoppers at " + target.name());
        Customers all = Customers.signIn(target, client);
        customers.put(target.name(), all);
        if (options.measures(Options.ORDERS) && target.service("orders").isPresent() && !all.restock()) {
            note(target.name() + " takes no POST /products/{id}/stock, so its products may sell out");
        }
        if (target.service("gateway").isEmpty()) {
            return;
        }
        if (!all.openSessions()) {
            note(target.name() + " has no sign-in for browsers at its gateway, so its pages are not measured");
        } else if (!all.placeOrders()) {
            note(target.name() + " takes no orders, so the page of an order is not measured");
        }
    }

    private Customers customersOf(Target target) {
        return Optional.ofNullable(customers.get(target.name())).orElseThrow();
    }

    /** Loads each route that the target has, and returns those. */
    private List<Route> warmUp(Target target) {
        List<Route> routes = new ArrayList<>();
        for (Route route : Route.values()) {
            if (options.measures(route.key()) && canMeasure(target, route)) {
                say("warming up " + target.name() + ": " + route.title());
                burst(target, customersOf(target), route, options.connections(), options.warmUp());
                routes.add(route);
            }
        }
        if (options.measures(Options.ORDERS)) {
            target.service("orders").ifPresent(orders -> {
                say("warming up " + target.name() + ": order to PAID");
                new OrderLoad(orders, customersOf(target), client).closedLoop(ORDER_CONNECTIONS, options.warmUp());
            });
        }
        return routes;
    }

    /** A route that is answered with something else than a page or JSON is not measured, since that might be answered faster. */
    private boolean canMeasure(Target target, Route route) {
        Customers all = customersOf(target);
        Optional<URI> service = target.service(route.service());
        if (service.isEmpty()) {
            return false;
        }
        if (!generator.canSend(route.method())) {
            note(generator.name() + " sends no " + route.title() + " here, wrk does");
            return false;
        }
        all.prepareCarts(route);
        Route.Ask ask = all.asks(route).getFirst();
        if (ask.value().isEmpty() || (route.needsOrder() && ask.path().endsWith("/"))) {
            return false;
        }
        String found = client.ask(service.get(), ask)
                .map(answer -> answer.status() + " " + answer.header("Content-Type"))
                .orElse("nothing");
        if (!found.startsWith("200 " + ask.accept())) {
            note("%s answers %s with %s, so it is not measured".formatted(target.name(), route.title(), found));
            return false;
        }
        return true;
    }

    private Burst burst(Target target, Customers all, Route route, int connections, int seconds) {
        return generator.run(target.service(route.service()).orElseThrow(), all.asks(route), connections, seconds);
    }

    private void measureRoutes(int round, List<Target> turn, Map<Target, List<Route>> routes) {
        for (Route route : Route.values()) {
            for (Target target : turn) {
                if (routes.getOrDefault(target, List.of()).contains(route)) {
                    customersOf(target).prepareCarts(route);
                    Report.Round result = Report.Round.of(meter.measure(
                            target.processes(),
                            () -> burst(target, customersOf(target), route, options.connections(), options.seconds())));
                    results.add(target, route, generator.name(), result);
                    say(round, target.name(), route.title(), result);
                }
            }
        }
    }

    private void measureLimits(int round, List<Limits.Limit> limits) {
        for (Limits.Limit limit : limits) {
            Report.Round result = Report.Round.of(meter.measure(limit.processes(), limit.work()));
            results.add(limit, result);
            say(round, "limit", limit.title(), result);
        }
    }

    private void measureOrders(int round, List<Target> turn) {
        if (!options.measures(Options.ORDERS)) {
            return;
        }
        for (Target target : turn) {
            if (target.service("orders").isPresent()) {
                measureOrders(
                        round,
                        target,
                        "closed-loop",
                        ORDER_CONNECTIONS + " connections",
                        load -> load.closedLoop(ORDER_CONNECTIONS, options.seconds()));
                measureOrders(
                        round,
                        target,
                        "fixed-rate",
                        ORDERS_PER_SECOND + " orders/s",
                        load -> load.fixedRate(ORDERS_PER_SECOND, options.seconds()));
            }
        }
    }

    private void measureOrders(
            int round, Target target, String key, String title, Function<OrderLoad, OrderLoad.Placed> work) {
        OrderLoad load = new OrderLoad(target.service("orders").orElseThrow(), customersOf(target), client);
        Report.OrderRound result = load.look(meter.measure(target.processes(), () -> work.apply(load)));
        results.add(target, key, title, result);
        Report.Round paid = result.paidOnes();
        long refused = result.post().errors();
        say("round %d  %-10s order to PAID, %-18s %7s PAID/s  p50 %s  p99 %s ms%s"
                .formatted(
                        round + 1,
                        target.name(),
                        title,
                        Figures.number(paid.perSecond()),
                        Figures.number(paid.latencyMs().p50()),
                        Figures.number(paid.latencyMs().p99()),
                        paid.errors() == 0
                                ? ""
                                : "  (refused %d, not paid %d)".formatted(refused, paid.errors() - refused)));
    }

    private void measureStarts() {
        for (int round = 0; round < options.rounds(); round++) {
            for (Target target : targets) {
                if (target instanceof Shop shop) {
                    for (String service : Target.SERVICES) {
                        double seconds = shop.restart(
                                service, shop.hasCaches(tools) && options.cache(), question(service, shop));
                        results.addStart(target, service, seconds);
                        say("round %d  %-10s start to first answer: %-10s %s s"
                                .formatted(round + 1, target.name(), service, Figures.number(seconds)));
                    }
                }
            }
        }
    }

    /** What a service is asked that has just been started: something of its own data, with a token. */
    private Route.Ask question(String service, Target target) {
        String path = switch (service) {
            case "cart" -> "/cart";
            case "orders" -> "/orders?limit=1";
            case "payments" -> "/payments/" + new UUID(0, 0);
            default -> "/products?limit=1";
        };
        return new Route.Ask(
                "GET",
                path,
                "Authorization",
                "Bearer " + customersOf(target).shoppers().getFirst().token(),
                "application/json",
                "");
    }

    private List<Report.Service> services(Target target) {
        List<Report.Service> services = new ArrayList<>();
        Map<String, Long> processes = target.processes();
        for (String service : Target.SERVICES) {
            Optional<Proc.Memory> memory = proc.flatMap(
                    accounting -> Optional.ofNullable(processes.get(service)).flatMap(accounting::memory));
            List<Double> starts = results.starts(target, service);
            if (memory.isPresent() || !starts.isEmpty()) {
                services.add(new Report.Service(
                        service,
                        starts,
                        memory.map(Proc.Memory::resident).orElse(0.0),
                        memory.map(Proc.Memory::peak).orElse(0.0)));
            }
        }
        return services;
    }

    private Report.Machine machine() {
        Optional<String> processor = read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
                .findFirst();
        long memory = read("/proc/meminfo")
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kib -> Long.parseLong(kib) / 1024)
                .findFirst()
                .orElse(0);
        return new Report.Machine(
                System.getProperty("os.name") + " "
                        + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1") + " "
                        + System.getProperty("os.arch"),
                processor.orElse("unknown"),
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
                generator.name());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException _) {
            return "";
        }
    }

    /** Whether other processes have used the machine meanwhile. */
    private void noteOthers() {
        double share = results.shareOfOthers(Runtime.getRuntime().availableProcessors());
        if (share > 0.05) {
            note(
                    "Other processes of this machine used %.0f %% of its CPU while it was measured: requests a second and latencies suffer from that, CPU for each 1,000 requests less"
                            .formatted(share * 100));
        }
    }

    private void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
            say("note: " + text);
        }
    }

    private void say(int round, String target, String title, Report.Round result) {
        say("round %d  %-10s %-50s %7s/s  p50 %s  p99 %s ms%s%s"
                .formatted(
                        round + 1,
                        target,
                        title,
                        Figures.number(result.perSecond()),
                        Figures.number(result.latencyMs().p50()),
                        Figures.number(result.latencyMs().p99()),
                        Report.Part.APP.perThousand(result).stream()
                                .mapToObj(cpu -> "  CPU " + Figures.number(cpu) + " s/1k")
                                .collect(Collectors.joining()),
                        result.errors() == 0 ? "" : "  ERRORS " + result.errors()));
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }

    /** In reverse order, once. */
    private void close() {
        List<AutoCloseable> last;
        synchronized (opened) {
            last = new ArrayList<>(opened).reversed();
            opened.clear();
        }
        if (!last.isEmpty()) {
            say("stopping");
        }
        for (AutoCloseable each : last) {
            try {
                each.close();
            } catch (Exception e) {
                out.println("could not be stopped: " + e.getMessage());
            }
        }
        stopChildren();
    }

    /** What was interrupted while it started, and generators. */
    private static void stopChildren() {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        children.forEach(ProcessHandle::destroy);
        for (ProcessHandle child : children) {
            child.onExit()
                    .completeOnTimeout(child, 30, TimeUnit.SECONDS)
                    .thenAccept(ProcessHandle::destroyForcibly)
                    .join();
        }
    }
}
