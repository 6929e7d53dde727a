package dev.hexmart.bootstrap.platform.service;

import java.util.Locale;

/** What a driver is driven by, or an adapter talks to; the name in lower case stands in the service's description. */
public enum Technology {
    CLOCK,
    ENTRA,
    HTTP,
    /** HTTP, to another service of the shop. */
    HTTPCLIENT,
    PAYMENTSANDBOX,
    POSTGRES,
    RABBITMQ,
    REDIS,
    /** None: the service drives it by itself. */
    SERVICE,
    WEB;

    String place() {
        return name().toLowerCase(Locale.ROOT);
    }
}
