package dev.hexmart.domain.shared;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The currencies that the shop makes prices in, the usual one first: at least one, each once, and all of them in use. */
public record SellingCurrencies(List<Currency> currencies) {

    private static final int CODE_LENGTH = 3;

    public SellingCurrencies {
        currencies = List.copyOf(currencies);
        if (currencies.isEmpty()) {
            throw new IllegalArgumentException("none is named");
        }
        currencies.forEach(SellingCurrencies::requireInUse);
        if (currencies.stream().distinct().count() < currencies.size()) {
            throw new IllegalArgumentException("one of them is named twice");
        }
    }

    /** Reads codes with commas between them, such as {@code EUR,JPY}. */
    public static SellingCurrencies parse(String codes) {
        return new SellingCurrencies(Arrays.stream(codes.split(",", -1))
                .map(String::strip)
                .map(SellingCurrencies::known)
                .toList());
    }

    public boolean contains(Currency currency) {
        return currencies.contains(currency);
    }

    /** The default currency of new prices. */
    public Currency usual() {
        return currencies.getFirst();
    }

    /** Such as {@code EUR, JPY}. */
    @Override
    public String toString() {
        return currencies.stream().map(Currency::code).collect(Collectors.joining(", "));
    }

    private static Currency known(String code) {
        if (!Letters.areAll(code, c -> c >= 'A' && c <= 'Z', CODE_LENGTH, CODE_LENGTH)) {
            throw new IllegalArgumentException("one of them is not three capital letters");
        }
        try {
            return Currency.of(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(code + " is unknown", e);
        }
    }

    private static void requireInUse(Currency currency) {
        switch (currency.standing()) {
            case IN_USE -> {}
            case WITHDRAWN -> throw new IllegalArgumentException(currency + " is withdrawn");
            case WITHOUT_MINOR_UNIT ->
                throw new IllegalArgumentException(currency + " is not money that one can pay with");
        }
    }
}
