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
        Path data = Path.of(".hexmart");
        boolean fresh = false;
        int postgres = 0;
        int redis = 0;
        int amqp = 0;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "--fresh" -> fresh = true;
                case "--data" -> data = Path.of(value(rest));
                case "--postgres-port" -> postgres = port(rest);
                case "--redis-port" -> redis = port(rest);
                case "--amqp-port" -> amqp = port(rest);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new Options(data, fresh, new WantedPorts(postgres, redis, amqp));
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
