package dev.hexmart.bootstrap.orders;

import dev.hexmart.application.ordering.PlaceOrder.Terms;
import dev.hexmart.bootstrap.platform.messaging.MessagingSettings;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import dev.hexmart.domain.shared.PaymentMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How the orders service is configured. */
public record OrdersSettings(
        ServiceSettings service, MessagingSettings messaging, URI products, URI payments, Terms terms) {

    /** So that one customer cannot hold back much of the stock, and one who buys does not meet it. */
    private static final int UNPAID_ORDERS = 10;

    /** An environment of an earlier release, without PAYMENTS_URL, still starts orders. */
    private static final String PAYMENTS = "http://localhost:8084";

    public static OrdersSettings from(Environment environment) {
        return new OrdersSettings(
                ServiceSettings.from(environment, "orders", 8083),
                MessagingSettings.from(environment, "ordering", "orders"),
                environment.uri("PRODUCTS_URL", "http", "https"),
                environment.uriOr("PAYMENTS_URL", PAYMENTS, "http", "https"),
                terms(environment));
    }

    private static Terms terms(Environment environment) {
        Duration timeToPay = environment.durationOr("RESERVATION_TIME", Duration.ofMinutes(15));
        int unpaidOrders = environment.numberOr("UNPAID_ORDERS_LIMIT", UNPAID_ORDERS, 1, 1_000_000);
        try {
            return new Terms(timeToPay, environment.find("PAYMENT_METHODS").map(OrdersSettings::methods), unpaidOrders);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError("PAYMENT_METHODS", "must be means of payment with commas between them");
        }
    }

    private static Set<PaymentMethod> methods(String list) {
        return Arrays.stream(list.split(","))
                .map(method -> new PaymentMethod(method.strip()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
