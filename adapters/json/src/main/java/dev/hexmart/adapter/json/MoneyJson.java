package dev.hexmart.adapter.json;

import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Money;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/** {@code {"amount": 1999, "currency": "EUR"}}, in whole minor units. */
public final class MoneyJson {

    private MoneyJson() {}

    public static JsonObject write(Money money) {
        return Json.object()
                .add("amount", money.amount())
                .add("currency", money.currency().code())
                .build();
    }

    public static Money read(JsonInput input) {
        var members = input.members();
        var amount = members.required("amount", value -> value.wholeNumber(0, Money.MAX_PAYABLE));
        var currency = members.required("currency", value -> Currency.of(value.text()));
        return members.build(() -> new Money(amount.get(), currency.get()));
    }

    /** As it is read in a history or a log, such as {@code 12.50 EUR}. */
    public static String words(Money money) {
        Currency currency = money.currency();
        return BigDecimal.valueOf(money.amount(), currency.minorUnits()).toPlainString() + " " + currency;
    }
}
