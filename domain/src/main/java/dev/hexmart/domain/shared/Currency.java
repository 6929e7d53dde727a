package dev.hexmart.domain.shared;

import java.util.Objects;

/**
 * A currency by its code of ISO 4217, such as EUR.
 *
 * <p>A code that is known can be read wherever it is stored or sent; whether prices may be made in it is another question,
 * which {@link #standing()} answers. The JDK's own class is not used: it lacks UYW, and makes no difference between a
 * currency in use, one long withdrawn and a code that is no money.
 */
public record Currency(String code) implements Comparable<Currency> {

    /** An entry of the list. */
    public enum Standing {
        IN_USE,
        /** Once in use: BGN, HRK, DEM. */
        WITHDRAWN,
        /** No money that one could pay with: a precious metal, a unit of account, "no currency", the code for tests. */
        WITHOUT_MINOR_UNIT
    }

    public Currency {
        if (!Iso4217.ENTRIES.containsKey(code)) {
            throw new IllegalArgumentException("Must be a currency code of ISO 4217, such as EUR");
        }
    }

    public static Currency of(String code) {
        return new Currency(code);
    }

    /** How many decimals the minor unit stands for: 2 for the euro, 0 for the yen, 3 for the Kuwaiti dinar. */
    public int minorUnits() {
        return entry().minorUnits();
    }

    /** How many minor units make one unit: 100 for the euro, 1 for the yen. */
    public long minorUnitsInOne() {
        long units = 1;
        for (int i = 0; i < minorUnits(); i++) {
            units *= 10;
        }
        return units;
    }

    public Standing standing() {
        return entry().standing();
    }

    /** By code. */
    @Override
    public int compareTo(Currency other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }

    private Iso4217.Entry entry() {
        return Objects.requireNonNull(Iso4217.ENTRIES.get(code));
    }
}
