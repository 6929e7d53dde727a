package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a refund asks for, {@code {"amount": {…}, "goods": "returned"}}, all of it optional. */
public final class RefundJson {

    private RefundJson() {}

    /**
     * How much is to be given back, and what has become of the goods.
     *
     * @param amount all that is left where it is not said
     */
    public record RefundRequest(Optional<Money> amount, Optional<Goods> goods) {}

    public static RefundRequest request(JsonInput input) {
        var members = input.members();
        var amount = members.optional("amount", MoneyJson::read);
        var goods = members.optional("goods", RefundJson::goods);
        return members.build(() -> new RefundRequest(amount, goods));
    }

    public static Goods goods(JsonInput input) {
        String text = input.text();
        return Arrays.stream(Goods.values())
                .filter(goods -> word(goods).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Must be one of "
                        + Arrays.stream(Goods.values()).map(RefundJson::word).collect(Collectors.joining(", "))));
    }

    public static String word(Goods goods) {
        return goods.name().toLowerCase(Locale.ROOT);
    }
}
