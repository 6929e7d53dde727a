package dev.hexmart.bootstrap.products;

import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The products that a new shop has to begin with, and the names of their categories; they lie beside this class as JSON. */
final class SeedCatalog {

    private static final String PRODUCTS = "/seed/products.json";
    private static final String CATEGORIES = "/seed/categories.json";

    private SeedCatalog() {}

    static List<ListedProduct> read() {
        try (JsonReader reader = open(PRODUCTS)) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(SeedCatalog::product)
                    .toList();
        }
    }

    /** The names of their categories. */
    static Map<Category, CategoryName> categories() {
        try (JsonReader reader = open(CATEGORIES)) {
            JsonObject names = reader.readObject();
            return names.keySet().stream()
                    .collect(Collectors.toMap(Category::new, slug -> new CategoryName(names.getString(slug))));
        }
    }

    private static JsonReader open(String file) {
        return Json.createReader(Objects.requireNonNull(SeedCatalog.class.getResourceAsStream(file), file));
    }

    private static ListedProduct product(JsonObject json) {
        JsonObject price = json.getJsonObject("price");
        ProductDetails details = new ProductDetails(
                json.getString("name"),
                json.getString("description"),
                new Category(json.getString("category")),
                json.getString("image"),
                Money.of(price.getJsonNumber("amount").longValueExact(), price.getString("currency")));
        return new ListedProduct(
                Product.introduce(ProductId.parse(json.getString("id")), details), json.getInt("stock"));
    }
}
