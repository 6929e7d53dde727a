package dev.hexmart.tools.bench;

import java.util.Locale;
import java.util.Optional;

/** Numbers as they are printed. */
final class Figures {

    private Figures() {}

    /** Three significant digits at the most, or whole with commas. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size < 0.0005) {
            return "0";
        }
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String number(Optional<Double> value) {
        return value.map(Figures::number).orElse("–");
    }
}
