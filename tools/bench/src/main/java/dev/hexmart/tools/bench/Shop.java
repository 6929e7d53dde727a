package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Route;
import dev.hexmart.tools.bench.generator.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The services of a checkout of Hexmart, each a process, on parts of their own. */
public final class Shop implements Target, AutoCloseable {

    private static final String IDENTITY = "identity";
    public static final List<String> ALL = List.of(IDENTITY, "products", "orders", "payments", "cart", "gateway");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String name;
    private final Path root;
    private final Path folder;
    private final Jvm jvm;
    private final Parts parts;
    private final Client client;
    private final Optional<Proc> proc;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Process> running = new LinkedHashMap<>();
    private boolean cached;

    /**
     * @param root the checkout, built
     * @param folder for logs, keys and AOT caches
     * @param given the variables that the benchmark was started with
     */
    public Shop(
            String name,
            Path root,
            Path folder,
            Jvm jvm,
            Parts parts,
            Client client,
            Optional<Proc> proc,
            Map<String, String> given) {
        this.name = name;
        this.root = root;
        this.folder = folder;
        this.jvm = jvm;
        this.parts = parts;
        this.client = client;
        this.proc = proc;
        configure(given);
    }

    private void configure(Map<String, String> given) {
        environment.putAll(given);
        environment.putIfAbsent("LOG_FORMAT", "json");
        // The load comes from one address, as few customers, and all at once.
        environment.putIfAbsent("RATE_LIMIT_ADDRESS", "off");
        environment.putIfAbsent("RATE_LIMIT_CUSTOMER", "off");
        environment.putIfAbsent("CONNECTIONS_PER_ADDRESS", "off");
        environment.putIfAbsent("UNPAID_ORDERS_LIMIT", "1000000");
        environment.put("IDENTITY_TOKEN_LIFETIME", "PT24H");
        environment.putAll(parts.variables());
        String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
        environment.put("ENTRA_TENANT_ID", Client.TENANT);
        environment.put("ENTRA_CLIENT_ID", Client.CLIENT);
        environment.put("ENTRA_CLIENT_SECRET", secret);
        environment.put("IDENTITY_CLIENT_SECRET", secret);
        environment.put("IDENTITY_DATA", folder.resolve("identity").toString());
        for (String service : ALL) {
            for (String kind : List.of("_PORT", "_MANAGEMENT_PORT")) {
                String variable = service.toUpperCase(Locale.ROOT) + kind;
                int port = Optional.ofNullable(environment.get(variable))
                        .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                        .map(Integer::valueOf)
                        .orElseGet(Shop::freePort);
                environment.put(variable, Integer.toString(port));
                ports.put(service + kind, port);
            }
            if (Target.SERVICES.contains(service) && !service.equals("gateway")) {
                environment.put(
                        service.toUpperCase(Locale.ROOT) + "_URL",
                        address(service).toString());
            }
        }
        environment.put("ENTRA_AUTHORITY", identity().toString());
        environment.put("PUBLIC_URL", address("gateway").toString());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<URI> service(String service) {
        return Optional.of(address(service));
    }

    @Override
    public URI identity() {
        return address(IDENTITY);
    }

    @Override
    public Map<String, Long> processes() {
        Map<String, Long> processes = new HashMap<>();
        running.forEach((service, process) -> {
            if (!service.equals(IDENTITY)) {
                processes.put(service, process.pid());
            }
        });
        proc.ifPresent(accounting -> Parts.ports(environment)
                .forEach((part, port) -> accounting.listener(port).ifPresent(process -> processes.put(part, process))));
        return processes;
    }

    Parts parts() {
        return parts;
    }

    Path root() {
        return root;
    }

    Jvm jvm() {
        return jvm;
    }

    /** A variable as the services see it; empty if unset. */
    String variable(String variable) {
        return environment.getOrDefault(variable, "");
    }

    /** Gives the services another value of a variable, from their next start on. */
    public void tell(String variable, String value) {
        environment.put(variable, value);
    }

    /** Starts a service that has ended. @param more variables for this start alone */
    public synchronized Process launch(String service, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(more);
        return launch(service, cached ? useCache(service) : List.of(), variables);
    }

    public synchronized Process process(String service) {
        return Optional.ofNullable(running.get(service)).orElseThrow();
    }

    /** Starts all side by side, and returns when all are ready. */
    public void start(boolean cache) {
        cached = cache;
        startAll(service -> cache ? useCache(service) : List.of());
    }

    /** Starts all in a training run, which {@link #stop} ends with an AOT cache for each. */
    public void startTraining() {
        startAll(service -> List.of("-XX:AOTCacheOutput=" + cache(service)));
    }

    private void startAll(Function<String, List<String>> extra) {
        try {
            Files.createDirectories(folder.resolve("identity"));
            Files.createDirectories(caches());
            for (String service : ALL) {
                Files.deleteIfExists(log(service));
                launch(service, extra.apply(service));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ALL.forEach(this::awaitReady);
    }

    /** Stops all but the parts. */
    public void stop() {
        Jvm.stop(new ArrayList<>(running.values()).reversed(), 180, TimeUnit.SECONDS);
        running.clear();
    }

    /** Whether there is an AOT cache for each service that was made with these very jars. */
    public boolean hasCaches(Tools tools) {
        return ALL.stream().allMatch(service -> Files.exists(cache(service)) && fits(tools, "check", service));
    }

    /** Notes what the caches were made with. */
    public void keepCaches(Tools tools) {
        for (String service : ALL) {
            if (!Files.exists(cache(service)) || !fits(tools, "write", service)) {
                throw new BenchFailure("no AOT cache was made for " + service + "; --cache off measures without:\n"
                        + Jvm.endOf(log(service)));
            }
        }
    }

    private boolean fits(Tools tools, String what, String service) {
        Path jars = root.resolve("bootstrap/" + service + "/target");
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
        return tools.run(
                                List.of(
                                        root.resolve("infra/image/aot-fits").toString(),
                                        what,
                                        jars.toString(),
                                        service,
                                        caches().toString()),
                                java,
                                60)
                        .status()
                == 0;
    }

    private List<String> useCache(String service) {
        return List.of("-XX:AOTCache=" + cache(service));
    }

    private Path caches() {
        return folder.resolve("aot");
    }

    private Path cache(String service) {
        return caches().resolve(service + ".aot");
    }

    private Path log(String service) {
        return folder.resolve(service + ".log");
    }

    /**
     * Stops a service and starts it again.
     *
     * @param question what it is asked, over and over, until it answers
     * @return seconds from the start of the process to the first answer
     */
    double restart(String service, boolean cache, Route.Ask question) {
        Process before = Optional.ofNullable(running.remove(service)).orElseThrow();
        Jvm.stop(List.of(before), 60, TimeUnit.SECONDS);
        long began = System.nanoTime();
        Process process = launch(service, cache ? useCache(service) : List.of());
        while (client.ask(address(service), question)
                .filter(answer -> answer.status() < 500 && answer.status() != 401)
                .isEmpty()) {
            refuseDead(service, process, began);
            pause(Duration.ofMillis(3));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        awaitReady(service);
        return seconds;
    }

    private Process launch(String service, List<String> extra) {
        return launch(service, extra, environment);
    }

    private Process launch(String service, List<String> extra, Map<String, String> variables) {
        Process process = jvm.start(
                Jvm.jar(root, service),
                "dev.hexmart.bootstrap." + service + ".Main",
                extra,
                List.of(),
                variables,
                log(service));
        running.put(service, process);
        return process;
    }

    private void awaitReady(String service) {
        long began = System.nanoTime();
        int port = service.equals(IDENTITY) ? port(IDENTITY, "_PORT") : port(service, "_MANAGEMENT_PORT");
        URI health = URI.create("http://localhost:" + port + "/health/ready");
        while (client.find("GET", health, "")
                .filter(answer -> answer.status() == 200)
                .isEmpty()) {
            refuseDead(service, Optional.ofNullable(running.get(service)).orElseThrow(), began);
            pause(Duration.ofMillis(50));
        }
    }

    private void refuseDead(String service, Process process, long began) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
            throw new BenchFailure("%s of %s does not start. The end of %s:\n%s"
                    .formatted(service, name, log(service), Jvm.endOf(log(service))));
        }
    }

    private URI address(String service) {
        return URI.create("http://localhost:" + port(service, "_PORT"));
    }

    private int port(String service, String kind) {
        return Optional.ofNullable(ports.get(service + kind)).orElseThrow();
    }

    /** Below the ports that the system gives to clients, of which the load will have many. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) {
                // taken; another will be free
            }
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        stop();
        parts.close();
    }
}
