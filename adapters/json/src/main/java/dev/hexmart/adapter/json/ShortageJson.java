package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import jakarta.json.JsonObject;

/** {@code {"productId", "name", "wanted", "available"}}. */
public final class ShortageJson {

    private ShortageJson() {}

    public static JsonObject write(Shortage shortage) {
        return Json.object()
                .add("productId", shortage.product().toString())
                .add("name", shortage.name())
                .add("wanted", shortage.wanted())
                .add("available", shortage.available())
                .build();
    }

    public static Shortage read(JsonInput input) {
        var members = input.members();
        var product = members.required("productId", value -> ProductId.parse(value.text()));
        var name = members.required("name", JsonInput::text);
        var wanted = members.required("wanted", ShortageJson::pieces);
        var available = members.required("available", ShortageJson::pieces);
        return members.build(() -> new Shortage(product.get(), name.get(), wanted.get(), available.get()));
    }

    private static int pieces(JsonInput input) {
        return Math.toIntExact(input.wholeNumber(0, Integer.MAX_VALUE));
    }
}
