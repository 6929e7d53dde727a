package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.domain.shared.SellingCurrencies;

/** {@code CURRENCIES}: what the shop sells in, the usual currency first; euros if it is not set. */
public final class CurrenciesVariable {

    private static final String NAME = "CURRENCIES";

    private CurrenciesVariable() {}

    public static SellingCurrencies read(Environment environment) {
        try {
            return SellingCurrencies.parse(environment.find(NAME).orElse("EUR"));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError(
                    NAME,
                    "must be codes of ISO 4217 that are in use, with commas between them, such as EUR,JPY: "
                            + e.getMessage());
        }
    }
}
