package dev.hexmart.bootstrap.products;

import dev.hexmart.bootstrap.platform.messaging.MessagingSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.CurrenciesVariable;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import dev.hexmart.domain.shared.SellingCurrencies;

/**
 * How the products service is configured.
 *
 * @param currencies what prices may be in
 */
public record ProductsSettings(ServiceSettings service, MessagingSettings messaging, SellingCurrencies currencies) {

    public static ProductsSettings from(Environment environment) {
        return new ProductsSettings(
                ServiceSettings.from(environment, "products", 8081),
                MessagingSettings.from(environment, "catalog", "products"),
                CurrenciesVariable.read(environment));
    }
}
