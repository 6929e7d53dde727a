package dev.hexmart.bootstrap.products;

import dev.hexmart.bootstrap.messaging.MessagingSettings;
import dev.hexmart.bootstrap.runtime.Environment;
import dev.hexmart.bootstrap.service.ServiceSettings;

/** How the products service is configured. */
public record ProductsSettings(ServiceSettings service, MessagingSettings messaging) {

    public static ProductsSettings from(Environment environment) {
        return new ProductsSettings(
                ServiceSettings.from(environment, "products", 8081),
                MessagingSettings.from(environment, "catalog", "products"));
    }
}
