package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects the rounds. */
final class Results {

    private final Map<String, Map<String, Report.Measurement>> routes = new LinkedHashMap<>();
    private final Map<String, Map<String, Report.OrderMeasurement>> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> starts = new LinkedHashMap<>();
    private final Map<String, Report.Measurement> limits = new LinkedHashMap<>();

    void add(Target target, Route route, String tool, Report.Round round) {
        routes.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>())
                .merge(
                        route.key(),
                        new Report.Measurement(route.key(), route.title(), tool, List.of(round)),
                        Report.Measurement::with);
    }

    void add(Target target, String key, String title, Report.OrderRound round) {
        orders.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>())
                .merge(key, new Report.OrderMeasurement(key, title, List.of(round)), Report.OrderMeasurement::with);
    }

    void add(Limits.Limit limit, Report.Round round) {
        limits.merge(
                limit.key(),
                new Report.Measurement(limit.key(), limit.title(), limit.tool(), List.of(round)),
                Report.Measurement::with);
    }

    void addStart(Target target, String service, double seconds) {
        starts.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(service, _ -> new ArrayList<>())
                .add(seconds);
    }

    List<Double> starts(Target target, String service) {
        return starts.getOrDefault(target.name(), Map.of()).getOrDefault(service, List.of());
    }

    /** The share of the machine's CPU that went to processes which are not measured, over the rounds of routes. */
    double shareOfOthers(int cores) {
        List<Report.Round> all = routes.values().stream()
                .flatMap(byKey -> byKey.values().stream())
                .flatMap(route -> route.rounds().stream())
                .toList();
        double others = all.stream()
                .mapToDouble(round -> round.cpu().getOrDefault(Meter.OTHERS, 0.0))
                .sum();
        double seconds = all.stream().mapToDouble(Report.Round::seconds).sum();
        return seconds == 0 ? 0 : others / seconds / cores;
    }

    List<Report.Implementation> implementations(List<Target> targets, Function<Target, List<Report.Service>> services) {
        return targets.stream()
                .map(target -> new Report.Implementation(
                        target.name(), services.apply(target), all(routes, target), all(orders, target)))
                .toList();
    }

    List<Report.Measurement> limits() {
        return List.copyOf(limits.values());
    }

    private static <T> List<T> all(Map<String, Map<String, T>> byTarget, Target target) {
        return List.copyOf(byTarget.getOrDefault(target.name(), Map.of()).values());
    }
}
