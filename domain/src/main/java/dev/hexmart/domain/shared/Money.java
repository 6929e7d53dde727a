package dev.hexmart.domain.shared;

/**
 * An amount of money in whole minor units (cents, for the euro) of one currency.
 *
 * <p>Never negative and never above {@link #MAX_AMOUNT}: what is owed back is said by the type that owes it, not by a sign.
 */
public record Money(long amount, Currency currency) implements Comparable<Money> {

    /** A hundred lines of ninety-nine pieces at the highest price of any currency are still an amount, so no cart is beyond it. */
    public static final long MAX_AMOUNT = 1_000_000_000_000_000_000L;

    /** 2^53 - 1: the most that can be ordered and paid, and the largest whole number that JavaScript reads from JSON unchanged. */
    public static final long MAX_PAYABLE = 9_007_199_254_740_991L;

    public Money {
        if (amount < 0 || amount > MAX_AMOUNT) {
            throw new IllegalArgumentException(
                    "An amount is a whole number of minor units from 0 to " + MAX_AMOUNT + ", not " + amount);
        }
    }

    public static Money of(long amount, String currencyCode) {
        return new Money(amount, Currency.of(currencyCode));
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.addExact(amount, other.amount), currency);
    }

    /** @throws IllegalArgumentException where the other amount is the greater one */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(amount - other.amount, currency);
    }

    public Money times(Quantity quantity) {
        return new Money(Math.multiplyExact(amount, (long) quantity.value()), currency);
    }

    /** Orders amounts of the same currency; two currencies cannot be compared. */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return Long.compare(amount, other.amount);
    }

    @Override
    public String toString() {
        return amount + " " + currency + " minor units";
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot combine " + currency + " with " + other.currency);
        }
    }
}
