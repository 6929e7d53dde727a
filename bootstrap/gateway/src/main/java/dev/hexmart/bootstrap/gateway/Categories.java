package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.CatalogReader.Listing;
import dev.hexmart.adapter.httpclient.CatalogReader.Query;
import dev.hexmart.application.identity.Credential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What categories there are, by looking through the catalog now and then: they change much less often than they are shown. */
final class Categories {

    private static final Duration KEPT = Duration.ofMinutes(1);

    /** A catalog that is longer is looked through as far as this; its categories will have come up by then. */
    private static final int PAGES = 10;

    private static final int PAGE = 100;

    private final CatalogReader catalog;
    private final InstantSource clock;

    private volatile Seen seen = new Seen(List.of(), Instant.MIN);

    Categories(CatalogReader catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    private record Seen(List<String> names, Instant at) {}

    List<String> all(Credential credential) {
        Instant now = clock.instant();
        Seen last = seen;
        if (last.at().isAfter(now.minus(KEPT))) {
            return last.names();
        }
        Seen current = new Seen(look(credential), now);
        seen = current;
        return current.names();
    }

    private List<String> look(Credential credential) {
        Set<String> names = new TreeSet<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < PAGES; page++) {
            Optional<Listing> listing = catalog.list(
                    new Query(Optional.empty(), Optional.empty(), Optional.empty(), cursor, PAGE), credential);
            listing.ifPresent(found -> found.products().forEach(product -> names.add(product.category())));
            cursor = listing.flatMap(Listing::next);
            if (cursor.isEmpty()) {
                break;
            }
        }
        return List.copyOf(names);
    }
}
