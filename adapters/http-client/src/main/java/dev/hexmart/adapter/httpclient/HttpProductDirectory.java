package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The products service's list of prices, of which a cart needs the currencies. */
public final class HttpProductDirectory implements ProductDirectory {

    private final PriceList prices;

    public HttpProductDirectory(PriceList prices) {
        this.prices = prices;
    }

    @Override
    public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
        return prices.offers(products, customer).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().price().currency()));
    }
}
