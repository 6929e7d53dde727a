package dev.hexmart.tools.load;

import jakarta.json.JsonObject;

/** An amount as the shop writes it. */
record Money(long amount, String currency) {

    static Money read(JsonObject json) {
        return new Money(json.getJsonNumber("amount").longValueExact(), json.getString("currency"));
    }

    Money times(long pieces) {
        return new Money(Math.multiplyExact(amount, pieces), currency);
    }

    @Override
    public String toString() {
        return amount + " " + currency;
    }
}
