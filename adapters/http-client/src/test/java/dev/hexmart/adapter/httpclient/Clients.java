package dev.hexmart.adapter.httpclient;

import java.time.Duration;
import java.util.Map;

/** Clients that wait longer than any test should take. */
final class Clients {

    static final Duration LONG = Duration.ofSeconds(30);

    private Clients() {}

    static ServiceClient of(StubService service) {
        return new ServiceClient("stub", service.address(), LONG, Map::of);
    }
}
