package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The price list of the products service. */
public final class HttpPriceList implements PriceList {

    private final CatalogReader catalog;

    public HttpPriceList(ServiceClient products) {
        this.catalog = new CatalogReader(products);
    }

    @Override
    public Map<ProductId, Offer> offers(Collection<ProductId> wanted, Credential customer) {
        return catalog.findAll(wanted, customer).stream()
                .collect(Collectors.toUnmodifiableMap(
                        CatalogReader.Product::id,
                        product -> new Offer(product.name(), product.price(), product.available())));
    }
}
