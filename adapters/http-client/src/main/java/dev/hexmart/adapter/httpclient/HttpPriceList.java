package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.JsonObject;
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
        String ids = wanted.stream().map(ProductId::toString).collect(Collectors.joining(","));
        Answer answer = products.get("/products?ids=" + ids, customer);
        if (answer.status() != 200) {
            throw products.unexpected(answer);
        }
        return answer.body().asJsonArray().getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toUnmodifiableMap(
                        product -> ProductId.parse(product.getString("id")), HttpPriceList::offer));
    }

    private static Offer offer(JsonObject product) {
        JsonObject price = product.getJsonObject("price");
        return new Offer(
                product.getString("name"),
                Money.of(price.getJsonNumber("amount").longValueExact(), price.getString("currency")));
    }
}
