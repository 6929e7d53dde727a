package dev.hexmart.bootstrap.gateway;

import java.util.Optional;

/**
 * Where a trace can be looked at, if anywhere.
 *
 * @param template an address with {@code {traceId}} in it
 */
record TraceLink(Optional<String> template) {

    static final String PLACE = "{traceId}";

    Optional<String> to(String traceId) {
        return template.map(address -> address.replace(PLACE, traceId));
    }
}
