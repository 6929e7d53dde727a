package dev.hexmart.adapter.json;

import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import jakarta.json.JsonObject;

/** An adjustment of stock, {@code {"delta": -2, "reason": "broken"}}, and the lines of the stock ledger. */
public final class StockJson {

    private StockJson() {}

    /** By how much the stock changes otherwise than by an order, and why. */
    public record Adjustment(int delta, String reason) {}

    public static Adjustment adjustment(JsonInput input) {
        var members = input.members();
        var delta = members.required("delta", StockJson::delta);
        var reason = members.required("reason", StockJson::reason);
        return members.build(() -> new Adjustment(delta.get(), reason.get()));
    }

    public static JsonObject write(StockMovement movement) {
        return Json.object()
                .add("kind", movement.kind().name())
                .add("available", movement.available())
                .add("reserved", movement.reserved())
                .add("reason", movement.reason())
                .add("at", movement.at().toString())
                .build();
    }

    private static int delta(JsonInput input) {
        int delta = (int) input.wholeNumber(-Stock.MAX, Stock.MAX);
        if (delta == 0) {
            throw new IllegalArgumentException("Must not be 0");
        }
        return delta;
    }

    private static String reason(JsonInput input) {
        String reason = input.text();
        if (reason.isBlank()
                || reason.length() > StockMovement.MAX_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A reason is 1 to " + StockMovement.MAX_REASON + " characters on one line");
        }
        return reason;
    }
}
