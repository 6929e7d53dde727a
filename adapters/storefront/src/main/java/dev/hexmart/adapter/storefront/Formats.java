package dev.hexmart.adapter.storefront;

import dev.hexmart.domain.shared.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** How amounts, times and names are written for a reader. */
public final class Formats {

    /** From when on seconds do not matter. */
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final Locale locale;

    Formats(Locale locale) {
        this.locale = locale;
    }

    public String money(Money money) {
        int digits = Math.max(0, money.currency().getDefaultFractionDigits());
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(BigDecimal.valueOf(money.amount(), digits));
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

    /** Such as "Coffee &amp; tea" for {@code coffee-tea}. */
    public String category(String slug) {
        String words = slug.replace("-", " & ");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** The part of an order's id by which people talk about it. */
    public String number(String orderId) {
        return orderId.substring(Math.max(0, orderId.length() - 8)).toUpperCase(Locale.ROOT);
    }

    public String pieces(int count) {
        return count == 1 ? "1 piece" : count + " pieces";
    }
}
