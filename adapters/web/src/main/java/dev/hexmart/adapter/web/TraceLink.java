package dev.hexmart.adapter.web;

import java.util.Optional;

/**
 * Where a trace can be looked at, if anywhere.
 *
 * @param template an address with {@code {traceId}} in it
 */
public record TraceLink(Optional<String> template) {

    public static final String PLACE = "{traceId}";

    public Optional<String> to(String traceId) {
        return template.map(address -> address.replace(PLACE, traceId));
    }
}
