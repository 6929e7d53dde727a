package dev.hexmart.domain.shared;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rule that every list of line items keeps: not empty, at most {@link #MAX_LINES}, no product twice. */
public final class LineItems {

    public static final int MAX_LINES = 100;

    private LineItems() {}

    /** Returns an immutable copy, or throws {@link IllegalArgumentException} naming the broken rule. */
    public static List<LineItem> checked(List<LineItem> lines) {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("There are 1 to " + MAX_LINES + " lines, not " + lines.size());
        }
        Set<ProductId> seen = new HashSet<>();
        for (LineItem line : lines) {
            if (!seen.add(line.product())) {
                throw new IllegalArgumentException("Product " + line.product() + " is on two lines");
            }
        }
        return List.copyOf(lines);
    }
}
