package dev.hexmart.tools.bench;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * A chart of horizontal rows as SVG, for light and dark pages.
 *
 * @param series the legend, a colour each
 */
public record Chart(String title, String unit, List<String> series, List<Row> rows) {

    private static final int WIDTH = 880;
    private static final int LABELS = 300;
    private static final int RIGHT = 90;
    private static final int TOP = 64;
    private static final int ROW = 24;

    /** @param values one for each of the series, drawn one after the other */
    public record Row(String label, List<Double> values, String figure) {
        public Row {
            values = List.copyOf(values);
        }

        double sum() {
            return values.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    public Chart {
        series = List.copyOf(series);
        rows = List.copyOf(rows);
    }

    /** Bars from zero; several series are stacked. */
    public String bars() {
        double most = rows.stream().mapToDouble(Row::sum).max().orElse(1);
        double scale = (WIDTH - LABELS - RIGHT) / (most > 0 ? most : 1);
        StringBuilder svg = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int y = TOP + i * ROW;
            svg.append(label(row.label(), y));
            double x = LABELS;
            for (int j = 0; j < row.values().size(); j++) {
                double width = row.values().get(j) * scale;
                svg.append("<rect class=\"s%d\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"14\"/>\n"
                        .formatted(j, fixed(x), y + 4, fixed(Math.max(0, width))));
                x += width;
            }
            svg.append(figure(row.figure(), x + 6, y));
        }
        return whole(svg.toString(), series.size() > 1, "");
    }

    /** A mark for each series on a logarithmic scale, from the first to the last. */
    String marks() {
        DoubleSummaryStatistics all = rows.stream()
                .flatMap(row -> row.values().stream())
                .mapToDouble(Double::doubleValue)
                .filter(value -> value > 0)
                .summaryStatistics();
        double least = all.getCount() > 0 ? all.getMin() : 1;
        double most = all.getCount() > 0 ? all.getMax() : 1;
        int first = (int) Math.floor(Math.log10(least));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(most)));
        StringBuilder svg = new StringBuilder();
        StringBuilder grid = new StringBuilder();
        int bottom = TOP + rows.size() * ROW;
        for (int power = first; power <= last; power++) {
            double x = at(Math.pow(10, power), first, last);
            grid.append("<line class=\"grid\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>\n"
                    .formatted(fixed(x), TOP, fixed(x), bottom));
            grid.append("<text class=\"small\" text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                    .formatted(
                            fixed(x),
                            bottom + 16,
                            power < 0
                                    ? fixed(Math.pow(10, power), -power)
                                    : Figures.number(Math.pow(10, power)).replaceAll("\\.0+$", "")));
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int y = TOP + i * ROW;
            svg.append(label(row.label(), y));
            List<Double> shown =
                    row.values().stream().filter(value -> value > 0).toList();
            if (!shown.isEmpty()) {
                svg.append("<line class=\"range\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>\n"
                        .formatted(
                                fixed(at(shown.getFirst(), first, last)),
                                y + 11,
                                fixed(at(shown.getLast(), first, last)),
                                y + 11));
            }
            for (int j = 0; j < row.values().size(); j++) {
                if (row.values().get(j) > 0) {
                    svg.append("<circle class=\"s%d\" cx=\"%s\" cy=\"%d\" r=\"5\"/>\n"
                            .formatted(j, fixed(at(row.values().get(j), first, last)), y + 11));
                }
            }
            svg.append(figure(row.figure(), WIDTH - RIGHT + 14, y));
        }
        return whole(svg.toString(), true, grid.toString());
    }

    private static double at(double value, int first, int last) {
        return LABELS + (Math.log10(value) - first) / (last - first) * (WIDTH - LABELS - RIGHT);
    }

    private String whole(String content, boolean legend, String grid) {
        int height = TOP + rows.size() * ROW + 28;
        List<String> keys = new ArrayList<>();
        int x = LABELS;
        for (int i = 0; legend && i < series.size(); i++) {
            keys.add(
                    "<rect class=\"s%d\" x=\"%d\" y=\"40\" width=\"12\" height=\"12\"/><text class=\"small\" x=\"%d\" y=\"50\">%s</text>\n"
                            .formatted(i, x, x + 17, escaped(series.get(i))));
            x += 40 + 8 * series.get(i).length();
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t">
            <title id="t">%s</title>
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-weight: 600; font-size: 15px }
            .small { font-size: 11.5px; fill: #59636e }
            .grid { stroke: #d1d9e0 } .range { stroke: #8c959f; stroke-width: 2 }
            .s0 { fill: #0b6bcb } .s1 { fill: #b35900 } .s2 { fill: #b42318 } .s3 { fill: #6e40c9 }
            @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc } .small { fill: #9198a1 } .grid { stroke: #3d444d } .range { stroke: #9198a1 }
            .s0 { fill: #4ea1ff } .s1 { fill: #f0a050 } .s2 { fill: #ff7b72 } .s3 { fill: #be8fff }
            }
            </style>
            <text class="title" x="8" y="22">%s</text>
            <text class="small" x="8" y="50">%s</text>
            %s%s%s</svg>
            """.formatted(
                WIDTH, height, escaped(title), escaped(title), escaped(unit), String.join("", keys), grid, content);
    }

    private static String label(String text, int y) {
        return "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(LABELS - 10, y + 15, escaped(text));
    }

    private static String figure(String text, double x, int y) {
        return "<text class=\"small\" x=\"%s\" y=\"%d\">%s</text>\n".formatted(fixed(x), y + 15, escaped(text));
    }

    private static String fixed(double value) {
        return fixed(value, 1);
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
