package dev.hexmart.bootstrap.demo;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** What the commands on embedded parts can be told. */
record Options(Path data, boolean fresh, WantedPorts ports) {

    private static final String USAGE =
            "usage: hexmart demo|infra [--data DIR] [--fresh] [--postgres-port N] [--redis-port N] [--amqp-port N]";

    /** @throws IllegalArgumentException with a message for the user */
    static Options parse(List<String> arguments) {
        Options options = new Options(Path.of(".hexmart"), false, WantedPorts.ANY);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            WantedPorts ports = options.ports();
            options = switch (rest.next()) {
                case "--fresh" -> new Options(options.data(), true, ports);
                case "--data" -> new Options(Path.of(value(rest)), options.fresh(), ports);
                case "--postgres-port" -> options.on(new WantedPorts(port(rest), ports.redis(), ports.amqp()));
                case "--redis-port" -> options.on(new WantedPorts(ports.postgres(), port(rest), ports.amqp()));
                case "--amqp-port" -> options.on(new WantedPorts(ports.postgres(), ports.redis(), port(rest)));
                default -> throw new IllegalArgumentException(USAGE);
            };
        }
        return options;
    }

    private Options on(WantedPorts other) {
        return new Options(data, fresh, other);
    }

    private static int port(Iterator<String> rest) {
        String text = value(rest);
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, as any other that is no port
        }
        throw new IllegalArgumentException("%s is no port; %s".formatted(text, USAGE));
    }

    private static String value(Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(USAGE);
        }
        return rest.next();
    }
}
