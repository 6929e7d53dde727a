package dev.hexmart.bootstrap.products;

import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.POSTGRES;

import dev.hexmart.adapter.http.api.catalog.CategoriesApi;
import dev.hexmart.adapter.http.api.catalog.KeptAnswers;
import dev.hexmart.adapter.http.api.catalog.ProductsApi;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogChanges;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogStore;
import dev.hexmart.adapter.telemetry.StockNumbers;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseCategories;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.CatalogChanges;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.HandleStockCommands;
import dev.hexmart.application.catalog.NameCategory;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.platform.messaging.Messaging;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.platform.service.Wiring;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.shared.ProductId;
import java.time.InstantSource;
import java.util.UUID;

/** The products service, wired. */
public final class ProductsService {

    private ProductsService() {}

    public static ServiceHost start(ProductsSettings settings) {
        return ServiceHost.start(settings.service(), wiring -> wire(settings, wiring));
    }

    private static void wire(ProductsSettings settings, Wiring wiring) {
        InstantSource clock = wiring.clock();
        Messaging messaging = Messaging.open(wiring, settings.messaging());
        wiring.ports(POSTGRES, PostgresCatalogStore.ADAPTERS);
        Transactor<CatalogStore> transactor = new StockNumbers(wiring.telemetry())
                .observed(PostgresCatalogStore.transactor(messaging.database(), messaging.metadata()));
        CatalogChanges changes =
                wiring.port(POSTGRES, CatalogChanges.class, new PostgresCatalogChanges(messaging.notifications()));

        AddProduct add =
                new AddProduct(transactor, settings.currencies(), () -> new ProductId(UUID.randomUUID()), clock);
        add.seed(SeedCatalog.read());
        NameCategory name = new NameCategory(transactor);
        name.seed(SeedCatalog.categories());
        KeptAnswers kept = KeptAnswers.of(changes);
        wiring.serve(
                HTTP,
                new ProductsApi(
                        new BrowseProducts(transactor, settings.currencies()),
                        add,
                        new EditProduct(transactor, settings.currencies()),
                        new AdjustStock(transactor, clock),
                        kept),
                new CategoriesApi(new BrowseCategories(transactor), name, kept));
        messaging.consume(new Destination.Catalog(), new HandleStockCommands(transactor, clock));
    }
}
