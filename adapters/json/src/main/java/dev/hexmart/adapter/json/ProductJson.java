package dev.hexmart.adapter.json;

import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.shared.Money;
import jakarta.json.JsonObject;
import java.util.function.Supplier;

/** {@code {"id", "name", "description", "category", "image", "price": {…}, "stock"}}. */
public final class ProductJson {

    private static final Category NO_CATEGORY = new Category("other");
    private static final String NO_IMAGE = "/images/products/placeholder.svg";
    private static final Money ANY_PRICE = Money.of(1, "EUR");

    private ProductJson() {}

    /** A product that is to be put on offer. @param stock how many pieces there are to begin with */
    public record NewProduct(ProductDetails details, int stock) {}

    public static JsonObject write(ListedProduct listed) {
        ProductDetails details = listed.product().details();
        return Json.object()
                .add("id", listed.product().id().toString())
                .add("name", details.name())
                .add("description", details.description())
                .add("category", details.category().slug())
                .add("image", details.image())
                .add("price", MoneyJson.write(details.price()))
                .add("stock", listed.available())
                .build();
    }

    public static NewProduct newProduct(JsonInput input) {
        var members = input.members();
        var details = details(members);
        var stock = members.required("stock", value -> (int) value.wholeNumber(0, Stock.MAX));
        return members.build(() -> new NewProduct(details.get(), stock.get()));
    }

    /** A product may be sent back as it was read: its id and its stock, which do not change in this way, are passed over. */
    public static ProductDetails details(JsonInput input) {
        var members = input.members().passOver("id", "stock");
        var details = details(members);
        return members.build(details);
    }

    private static Supplier<ProductDetails> details(Members members) {
        var name = members.required("name", ProductJson::name);
        var description = members.optional("description", ProductJson::description);
        var category = members.optional("category", value -> new Category(value.text()));
        var image = members.optional("image", ProductJson::image);
        var price = members.required("price", ProductJson::price);
        return () -> new ProductDetails(
                name.get(), description.orElse(""), category.orElse(NO_CATEGORY), image.orElse(NO_IMAGE), price.get());
    }

    // The rules are the domain's. Asked about each member alone, it says which one is at fault.

    private static String name(JsonInput input) {
        return new ProductDetails(input.text(), "", NO_CATEGORY, NO_IMAGE, ANY_PRICE).name();
    }

    private static String description(JsonInput input) {
        return new ProductDetails("any", input.text(), NO_CATEGORY, NO_IMAGE, ANY_PRICE).description();
    }

    private static String image(JsonInput input) {
        return new ProductDetails("any", "", NO_CATEGORY, input.text(), ANY_PRICE).image();
    }

    private static Money price(JsonInput input) {
        return new ProductDetails("any", "", NO_CATEGORY, NO_IMAGE, MoneyJson.read(input)).price();
    }
}
