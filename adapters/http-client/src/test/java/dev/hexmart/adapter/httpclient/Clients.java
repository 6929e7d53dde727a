package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.connection.CallObserver;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Clients that wait longer than any test should take. */
final class Clients {

    static final Duration LONG = Duration.ofSeconds(30);

    private Clients() {}

    /** Adds the headers that are there at each request. */
    static CallObserver adding(Supplier<Map<String, String>> headers) {
        return (_, _, header) -> {
            headers.get().forEach(header);
            return (_, _) -> {};
        };
    }

    static ServiceClient of(StubService service) {
        return new ServiceClient("stub", service.address(), LONG, CallObserver.NONE);
    }
}
