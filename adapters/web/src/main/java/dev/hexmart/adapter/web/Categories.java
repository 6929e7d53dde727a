package dev.hexmart.adapter.web;

import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.application.identity.Credential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The categories as the pages show them; they change much less often than they are shown, so they are kept for a while. */
public final class Categories {

    private static final Duration KEPT = Duration.ofSeconds(30);

    private final CatalogReader catalog;
    private final InstantSource clock;

    private volatile Kept kept = new Kept(List.of(), Instant.MIN);

    public Categories(CatalogReader catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    private record Kept(List<Page.Category> categories, Instant at) {}

    /** Those that have products, by name from A to Z. */
    List<Page.Category> onOffer(Credential credential) {
        return all(credential).stream()
                .filter(category -> category.products() > 0)
                .toList();
    }

    /** All, as they are now. */
    List<Page.Category> now(Credential credential) {
        List<Page.Category> categories = catalog.categories(credential).stream()
                .map(category -> new Page.Category(category.slug(), category.name(), category.products()))
                .toList();
        kept = new Kept(categories, clock.instant());
        return categories;
    }

    Page.Product offer(CatalogReader.Product product, Credential credential) {
        return new Page.Product(
                product.id().toString(),
                product.name(),
                product.description(),
                of(product.category(), credential),
                product.image(),
                product.price(),
                product.available());
    }

    private List<Page.Category> all(Credential credential) {
        Kept last = kept;
        return last.at().isAfter(clock.instant().minus(KEPT)) ? last.categories() : now(credential);
    }

    /** One that is newer than what is kept is called by its slug until then. */
    private Page.Category of(String slug, Credential credential) {
        return all(credential).stream()
                .filter(category -> category.slug().equals(slug))
                .findFirst()
                .orElseGet(() -> new Page.Category(slug, slug, 1));
    }
}
