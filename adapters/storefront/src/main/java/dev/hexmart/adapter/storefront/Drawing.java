package dev.hexmart.adapter.storefront;

import dev.hexmart.adapter.storefront.ServiceView.Driver;
import dev.hexmart.adapter.storefront.ServiceView.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where everything stands when a service is drawn as a hexagon: what drives it on the left, what it drives on the right.
 *
 * @param height of the whole, in the units of the drawing
 * @param outline the hexagon's corners
 */
public record Drawing(int height, String outline, List<Box> boxes, List<Line> lines, List<Text> texts) {

    public static final int WIDTH = 1120;

    private static final int BOX = 248;
    private static final int LEFT = 336;
    private static final int RIGHT = WIDTH - LEFT;
    private static final int MIDDLE = WIDTH / 2;
    private static final int CAP = 84;
    private static final int DRIVER = 50;
    private static final int DRIVER_PITCH = 62;
    private static final int PITCH = 32;
    private static final int ROW = 26;
    private static final int HEAD = 24;
    private static final int GAP = 8;
    private static final String NO_USE_CASE = "no use case";

    /** A rectangle. @param kind its class in the style sheet */
    public record Box(int x, int y, int width, int height, String kind) {}

    /** A line from an adapter to the edge. @param end where on the edge, from above */
    public record Line(String path, int x, int end, String kind) {}

    /** Something written. @param kind its class in the style sheet, which says where its anchor is as well */
    public record Text(int x, int y, String text, String kind) {}

    static Drawing of(ServiceView service) {
        List<String> core = new ArrayList<>(service.useCases());
        if (service.drivers().stream().anyMatch(driver -> driver.useCases().isEmpty())) {
            core.add(NO_USE_CASE);
        }
        Map<String, List<Port>> groups = new LinkedHashMap<>();
        service.ports()
                .forEach(port -> groups.computeIfAbsent(port.kind(), _ -> new ArrayList<>())
                        .add(port));
        int left = service.drivers().size() * DRIVER_PITCH;
        int right = service.ports().size() * PITCH + groups.size() * (HEAD + GAP);
        int inner = Math.max(Math.max(left, right), core.size() * PITCH) + HEAD;
        int height = inner + 2 * CAP;
        Drafting drafting = new Drafting(height / 2);
        drafting.text(MIDDLE, 50, service.name(), "name");
        Map<String, Integer> heights = drafting.core(core);
        drafting.drivers(service.drivers(), left, heights);
        drafting.ports(groups, right);
        return new Drawing(height, outline(height), drafting.boxes, drafting.lines, drafting.texts);
    }

    private static String outline(int height) {
        return "%d,2 %d,%d %d,%d %d,%d %d,%d %d,%d"
                .formatted(MIDDLE, RIGHT, CAP, RIGHT, height - CAP, MIDDLE, height - 2, LEFT, height - CAP, LEFT, CAP);
    }

    /** The same, while it is being drawn. */
    private static final class Drafting {

        private final List<Box> boxes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final List<Text> texts = new ArrayList<>();
        private final int middle;

        Drafting(int middle) {
            this.middle = middle;
        }

        void text(int x, int y, String text, String kind) {
            texts.add(new Text(x, y, text, kind));
        }

        /** @return how far from above each use case stands */
        Map<String, Integer> core(List<String> useCases) {
            Map<String, Integer> heights = new LinkedHashMap<>();
            int y = middle - useCases.size() * PITCH / 2 + PITCH / 2;
            text(LEFT + 24, y - PITCH + 4, "Use cases", "head");
            for (String useCase : useCases) {
                heights.put(useCase, y);
                text(LEFT + 24, y + 5, useCase, useCase.equals(NO_USE_CASE) ? "none" : "case");
                y += PITCH;
            }
            return heights;
        }

        void drivers(List<Driver> drivers, int height, Map<String, Integer> useCases) {
            int y = middle - height / 2 + (DRIVER_PITCH - DRIVER) / 2;
            text(0, y - 10, "Driving adapters", "head");
            for (Driver driver : drivers) {
                boxes.add(new Box(1, y, BOX, DRIVER, "adapter"));
                boxes.add(new Box(1, y, 6, DRIVER, "at-" + slug(driver.place())));
                text(18, y + 21, driver.name(), "adapter-name");
                text(18, y + 39, driver.kind(), "small");
                int from = y + DRIVER / 2;
                List<String> targets = driver.useCases().isEmpty() ? List.of(NO_USE_CASE) : driver.useCases();
                for (String useCase : targets) {
                    int to = useCases.getOrDefault(useCase, middle);
                    lines.add(new Line(
                            "M%d %d C%d %d %d %d %d %d"
                                    .formatted(BOX + 1, from, BOX + 48, from, LEFT - 48, to, LEFT, to),
                            LEFT,
                            to,
                            useCase.equals(NO_USE_CASE) ? "past" : "drives"));
                }
                y += DRIVER_PITCH;
            }
        }

        void ports(Map<String, List<Port>> groups, int height) {
            int y = middle - height / 2;
            text(RIGHT - 24, y + 16, "Driven ports", "head end");
            for (Map.Entry<String, List<Port>> group : groups.entrySet()) {
                text(WIDTH - BOX, y + 16, group.getKey(), "head");
                y += HEAD;
                for (Port port : group.getValue()) {
                    int at = y + ROW / 2;
                    boxes.add(new Box(WIDTH - BOX - 1, y, BOX, ROW, "adapter"));
                    boxes.add(new Box(WIDTH - BOX - 1, y, 6, ROW, "at-" + slug(port.place())));
                    text(WIDTH - BOX + 16, at + 5, port.adapter(), "adapter-name");
                    text(RIGHT - 24, at + 5, port.name(), "port end");
                    lines.add(new Line("M%d %dH%d".formatted(RIGHT, at, WIDTH - BOX - 1), RIGHT, at, "driven"));
                    y += PITCH;
                }
                y += GAP;
            }
        }

        private static String slug(String place) {
            return place.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        }
    }
}
