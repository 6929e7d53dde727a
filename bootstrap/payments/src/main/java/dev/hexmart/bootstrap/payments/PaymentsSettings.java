package dev.hexmart.bootstrap.payments;

import dev.hexmart.bootstrap.platform.messaging.MessagingSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the payments service is configured.
 *
 * @param sandboxLedger where the sandbox provider keeps its books, so that it remembers what it has captured when the
 *     service starts again; in memory if empty
 */
public record PaymentsSettings(
        ServiceSettings service, MessagingSettings messaging, URI orders, Optional<Path> sandboxLedger) {

    public static PaymentsSettings from(Environment environment) {
        return new PaymentsSettings(
                ServiceSettings.from(environment, "payments", 8084),
                MessagingSettings.from(environment, "payment", "payments"),
                environment.uri("ORDERS_URL", "http", "https"),
                environment.find("SANDBOX_LEDGER").map(Path::of));
    }
}
