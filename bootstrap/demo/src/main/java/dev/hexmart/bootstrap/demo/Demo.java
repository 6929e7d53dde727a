package dev.hexmart.bootstrap.demo;

import static java.util.stream.Collectors.joining;

import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.process.ServiceProcess;
import dev.hexmart.bootstrap.platform.process.Termination;
import dev.hexmart.tools.viewer.TelemetryViewer;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The whole platform with one command. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        ServiceProcess.logThroughSlf4j();
        Termination termination = Termination.listen();
        try {
            ServiceProcess.requireLogFormat(Environment.ofProcess());
            Options options = Options.parse(List.of(arguments));
            DemoSettings settings = new DemoSettings(options.data(), options.fresh(), options.ports(), withViewer());
            DemoShop shop = DemoShop.start(settings, line -> System.out.println("  " + line));
            welcome(shop);
            termination.await();
            System.out.println("stopping");
            shop.close();
            System.out.println("stopped; the data is in " + options.data());
            termination.exit(0);
        } catch (RuntimeException e) {
            System.err.println("hexmart cannot start: " + e.getMessage());
            termination.exit(1);
        }
    }

    private static void welcome(DemoShop shop) {
        String gateway = shop.service("gateway").address().toString().replace("127.0.0.1", "localhost");
        System.out.printf(
                Locale.ROOT,
                """

                  shop      %1$s
                  inside    %1$s/inside   the services, drawn as they are wired
                  sign-in   %2$s   alice, bob, and carol who tends the shop; the password is the name
                  health    http://localhost:%6$d/health/ready   and at %7$s; /metrics beside it
                  redis     %3$s
                  viewer    %5$s
                  try       the walk in README.md

                hexmart is ready in %4$.1f s
                """,
                gateway,
                shop.identity(),
                shop.parts().redis().redisUrl(),
                sinceStart(),
                viewer(shop),
                managementPort(shop, "gateway"),
                Stream.of("products", "cart", "orders", "payments")
                        .map(service -> Integer.toString(managementPort(shop, service)))
                        .collect(joining(", ")));
        System.out.flush();
    }

    private static int managementPort(DemoShop shop, String service) {
        return shop.service(service).managementAddress().getPort();
    }

    private static String viewer(DemoShop shop) {
        return shop.viewer()
                .map(address -> address + "   traces, logs and metrics")
                .orElse("none: traces and logs go where an OTEL_ variable says");
    }

    private static Environment withViewer() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putIfAbsent("DESK_PORT", Integer.toString(TelemetryViewer.DEFAULT_PORT));
        return new Environment(variables);
    }

    /** Since the JVM was launched: what comes before is the shell's. */
    private static double sinceStart() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    }
}
