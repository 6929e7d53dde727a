package dev.hexmart.bootstrap.products;

import dev.hexmart.adapter.http.api.catalog.CategoriesApi;
import dev.hexmart.adapter.http.api.catalog.KeptAnswers;
import dev.hexmart.adapter.http.api.catalog.ProductsApi;
import dev.hexmart.adapter.http.api.messaging.ParkedApi;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogChanges;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogStore;
import dev.hexmart.adapter.telemetry.StockNumbers;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseCategories;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.HandleStockCommands;
import dev.hexmart.application.catalog.NameCategory;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.messaging.Messaging;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.service.ServiceHost;
import dev.hexmart.bootstrap.service.UseCaseRoutes;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.shared.ProductId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The products service, wired. */
public final class ProductsService {

    private static final Map<String, String> USE_CASES = Map.of(
            "GET /products", "BrowseProducts",
            "GET /products/{id}", "BrowseProducts",
            "POST /products", "AddProduct",
            "PUT /products/{id}", "EditProduct",
            "DELETE /products/{id}", "EditProduct",
            "POST /products/{id}/stock", "AdjustStock",
            "GET /categories", "BrowseCategories",
            "PUT /categories/{slug}", "NameCategory",
            "POST /messages/parked/{id}/resend", "ResendParked");

    private ProductsService() {}

    public static ServiceHost start(ProductsSettings settings) {
        return ServiceHost.start(settings.service(), (lifecycle, telemetry, _) -> wire(settings, lifecycle, telemetry));
    }

    private static ServiceHost.Parts wire(ProductsSettings settings, Lifecycle lifecycle, Telemetry telemetry) {
        InstantSource clock = InstantSource.system();
        Messaging messaging = Messaging.open(lifecycle, settings.messaging(), telemetry, clock);
        Transactor<CatalogStore> transactor = new StockNumbers(telemetry)
                .observed(PostgresCatalogStore.transactor(messaging.database(), messaging.stamp()));

        AddProduct add =
                new AddProduct(transactor, settings.currencies(), () -> new ProductId(UUID.randomUUID()), clock);
        add.seed(SeedCatalog.read());
        NameCategory name = new NameCategory(transactor);
        name.seed(SeedCatalog.categories());
        ResendParked parked = messaging.consume(
                lifecycle, new Destination.Catalog(), new HandleStockCommands(transactor, clock), clock);

        KeptAnswers kept = KeptAnswers.of(new PostgresCatalogChanges(messaging.notifications()));
        List<Route> routes = Stream.of(
                        new ProductsApi(
                                        new BrowseProducts(transactor, settings.currencies()),
                                        add,
                                        new EditProduct(transactor, settings.currencies()),
                                        new AdjustStock(transactor, clock),
                                        kept)
                                .routes(),
                        new CategoriesApi(new BrowseCategories(transactor), name, kept).routes(),
                        new ParkedApi(parked).routes())
                .flatMap(List::stream)
                .toList();
        return new ServiceHost.Parts(
                UseCaseRoutes.traced(telemetry, USE_CASES, routes),
                List.of(
                        new HealthCheck("database", messaging.database()::isHealthy),
                        new HealthCheck("broker", messaging.broker()::isHealthy)));
    }
}
