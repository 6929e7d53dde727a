package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.Money;
import jakarta.json.JsonObject;
import java.util.Currency;

/** {@code {"amount": 1999, "currency": "EUR"}}, in whole minor units. */
public final class MoneyJson {

    private MoneyJson() {}

    public static JsonObject write(Money money) {
        return Json.object()
                .add("amount", money.amount())
                .add("currency", money.currency().getCurrencyCode())
                .build();
    }

    public static Money read(JsonInput input) {
        var members = input.members();
        var amount = members.required("amount", value -> value.wholeNumber(0, Money.MAX_AMOUNT));
        var currency = members.required("currency", MoneyJson::currency);
        return members.build(() -> new Money(amount.get(), currency.get()));
    }

    private static Currency currency(JsonInput input) {
        String code = input.text();
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Must be a currency code of ISO 4217, such as EUR", e);
        }
    }
}
