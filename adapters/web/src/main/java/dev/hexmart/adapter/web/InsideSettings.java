package dev.hexmart.adapter.web;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the page of how the shop is made is made from; without a management address there is none.
 *
 * @param management the management address of each service, by the service's name
 * @param viewer where browsers can look at the services' telemetry
 */
public record InsideSettings(Map<String, URI> management, Optional<URI> viewer) {

    public InsideSettings {
        management = Collections.unmodifiableMap(new LinkedHashMap<>(management));
    }

    public boolean isShown() {
        return !management.isEmpty();
    }

    /** Whether a browser on this machine reaches the management listeners, as in the demo. */
    boolean isAllHere() {
        return management.values().stream().allMatch(InsideSettings::isHere);
    }

    /** A name is not resolved: only an address that is this machine's by its text is taken for it. */
    private static boolean isHere(URI address) {
        return address.getHost().equals("localhost") || address.getHost().startsWith("127.");
    }
}
