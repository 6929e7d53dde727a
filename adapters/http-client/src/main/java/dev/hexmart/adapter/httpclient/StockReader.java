package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Optional;

/** The stock ledger as the products service shows it to those who look after the catalog. */
public final class StockReader {

    private final ServiceClient products;

    public StockReader(ServiceClient products) {
        this.products = products;
    }

    /** The newest lines first. @return nothing where the product is not on offer */
    public Optional<List<StockMovement>> ledger(ProductId product, Credential credential) {
        return products.get("/products/" + product + "/stock", credential)
                .found(lines -> lines.list(line -> movement(product, line)));
    }

    private static StockMovement movement(ProductId product, JsonInput input) {
        var members = input.members();
        var kind = members.required("kind", value -> StockMovement.Kind.valueOf(value.text()));
        var available = members.required("available", StockReader::change);
        var reserved = members.required("reserved", StockReader::change);
        var reason = members.required("reason", JsonInput::text);
        var at = members.required("at", OrderReader::time);
        return members.build(
                () -> new StockMovement(product, kind.get(), available.get(), reserved.get(), reason.get(), at.get()));
    }

    private static int change(JsonInput input) {
        return (int) input.wholeNumber(-Stock.MAX, Stock.MAX);
    }
}
