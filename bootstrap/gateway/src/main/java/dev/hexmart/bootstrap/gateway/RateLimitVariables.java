package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The rate limits in the environment. */
final class RateLimitVariables {

    private RateLimitVariables() {}

    static RateLimits.Settings read(Environment environment) {
        return new RateLimits.Settings(
                allowance(environment, "RATE_LIMIT_ADDRESS", "6000/PT1M"),
                allowance(environment, "RATE_LIMIT_CUSTOMER", "1000/PT1M"),
                environment.limitOr("CONNECTIONS_PER_ADDRESS", 250, Integer.MAX_VALUE),
                proxies(environment));
    }

    private static Optional<Allowance> allowance(Environment environment, String variable, String otherwise) {
        String value = environment.find(variable).orElse(otherwise);
        if (value.equals("off")) {
            return Optional.empty();
        }
        try {
            int slash = value.indexOf('/');
            return Optional.of(new Allowance(
                    Integer.parseInt(value.substring(0, Math.max(0, slash))),
                    Duration.parse(value.substring(slash + 1))));
        } catch (IllegalArgumentException | DateTimeParseException _) {
            // said below, without the value
        }
        throw new ConfigurationError(
                variable,
                "must be a number, a slash and an ISO-8601 duration of at most a day, such as " + otherwise
                        + ", or off");
    }

    private static TrustedProxies proxies(Environment environment) {
        String variable = "TRUSTED_PROXIES";
        try {
            return environment.find(variable).map(TrustedProxies::parse).orElse(TrustedProxies.NONE);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError(
                    variable, "must be addresses and networks with commas between them, such as 10.0.0.0/8, ::1");
        }
    }
}
