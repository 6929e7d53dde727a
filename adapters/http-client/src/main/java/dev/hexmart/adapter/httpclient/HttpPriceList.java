package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The price list of the products service. */
public final class HttpPriceList implements PriceList {

    private final ServiceClient products;

    public HttpPriceList(ServiceClient products) {
        this.products = products;
    }

    @Override
    public Map<ProductId, Offer> offers(Collection<ProductId> wanted, Credential customer) {
        if (wanted.isEmpty()) {
            // The service takes a list of no ids for a mistake.
            return Map.of();
        }
        String ids = wanted.stream().map(ProductId::toString).collect(Collectors.joining(","));
        return products.get("/products?ids=" + ids, customer).ok(list -> list.list(HttpPriceList::listed)).stream()
                .collect(Collectors.toUnmodifiableMap(Listed::product, Listed::offer));
    }

    private record Listed(ProductId product, Offer offer) {}

    private static Listed listed(JsonInput product) {
        var members = product.members();
        var id = members.required("id", value -> ProductId.parse(value.text()));
        var name = members.required("name", JsonInput::text);
        var price = members.required("price", MoneyJson::read);
        var stock = members.required("stock", value -> Math.toIntExact(value.wholeNumber(0, Integer.MAX_VALUE)));
        return members.build(() -> new Listed(id.get(), new Offer(name.get(), price.get(), stock.get())));
    }
}
