package dev.hexmart.adapter.storefront;

import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Money;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How amounts, times and names are written for a reader. */
public final class Formats {

    /** From when on seconds do not matter. */
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private static final String NO_BREAK_SPACE = "\u00a0";

    /** Making a format takes longer than writing a page with it. A browser can name any country, so there is a limit. */
    private static final int MOST_KEPT = 2_000;

    private static final Map<Pattern, DecimalFormat> KEPT = new ConcurrentHashMap<>();

    private final Locale locale;

    private record Pattern(Locale locale, Currency currency) {}

    /**
     * @param reader of whom only the country matters: the pages are in English, so numbers and dates are written as English is
     *     in that country, with Latin digits and without the direction marks of another script
     */
    Formats(Locale reader) {
        this.locale = Locale.of("en", reader.getCountry());
    }

    /** Such as {@code €1,234.56} or, where the currency has no sign of its own, {@code KWD 1,234.567} with a no-break space. */
    public String money(Money money) {
        return format(money.currency())
                .format(BigDecimal.valueOf(money.amount(), money.currency().minorUnits()));
    }

    private NumberFormat format(Currency currency) {
        Pattern pattern = new Pattern(locale, currency);
        DecimalFormat known = KEPT.get(pattern);
        if (known == null) {
            known = made(currency);
            if (KEPT.size() < MOST_KEPT) {
                KEPT.put(pattern, known);
            }
        }
        // A format is no use to two threads at once.
        return (NumberFormat) known.clone();
    }

    private DecimalFormat made(Currency currency) {
        int digits = currency.minorUnits();
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        // The symbol rather than the JDK's currency, which knows fewer codes than we do.
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setCurrencySymbol(symbol(currency));
        format.setDecimalFormatSymbols(symbols);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        String before = format.getPositivePrefix();
        if (!before.isEmpty() && isWord(before.charAt(before.length() - 1))) {
            format.setPositivePrefix(before + NO_BREAK_SPACE);
        }
        String after = format.getPositiveSuffix();
        if (!after.isEmpty() && isWord(after.charAt(0))) {
            format.setPositiveSuffix(NO_BREAK_SPACE + after);
        }
        return format;
    }

    /** Whether it would run together with a digit, as most patterns of CLDR let it: {@code KWD1,234.567}. */
    private static boolean isWord(char end) {
        return Character.getType(end) != Character.CURRENCY_SYMBOL && !Character.isSpaceChar(end);
    }

    private String symbol(Currency currency) {
        return java.util.Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(currency.code()))
                .map(known -> known.getSymbol(locale))
                .filter(symbol -> !symbol.contains("¤"))
                .findFirst()
                .orElse(currency.code());
    }

    /** In UTC: where the reader is, only their browser knows, whose script writes it anew. */
    public String time(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(time.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    public String duration(Duration duration) {
        if (duration.compareTo(A_WHILE) >= 0) {
            return duration.toMinutes() + " min";
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(2);
        return format.format(duration.toMillis() / 1000.0) + " s";
    }

    public String products(int count) {
        return count == 1 ? "1 product" : NumberFormat.getInstance(locale).format(count) + " products";
    }

    public String pieces(int count) {
        return count == 1 ? "1 piece" : count + " pieces";
    }
}
