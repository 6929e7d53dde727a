package dev.hexmart.adapter.json;

import dev.hexmart.application.catalog.ListedCategory;
import dev.hexmart.domain.catalog.CategoryName;
import jakarta.json.JsonObject;

/** {@code {"slug": "coffee-makers", "name": "Coffee & makers", "products": 12}}. */
public final class CategoryJson {

    private CategoryJson() {}

    public static JsonObject write(ListedCategory listed) {
        return Json.object()
                .add("slug", listed.category().slug())
                .add("name", listed.name().text())
                .add("products", listed.products())
                .build();
    }

    /** {@code {"name": "Coffee & makers"}}. */
    public static CategoryName name(JsonInput input) {
        return input.member("name", value -> new CategoryName(value.text()));
    }
}
