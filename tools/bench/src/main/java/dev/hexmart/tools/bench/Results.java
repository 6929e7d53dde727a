package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Collects the rounds. */
final class Results {

    private final Map<String, Map<String, Rounds<Report.Round>>> routes = new LinkedHashMap<>();
    private final Map<String, Map<String, Rounds<Report.OrderRound>>> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> starts = new LinkedHashMap<>();
    private final Map<String, Rounds<Report.Round>> limits = new LinkedHashMap<>();

    private record Rounds<T>(String title, String tool, List<T> list) {}

    void add(Target target, Route route, String tool, Report.Round round) {
        routes.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(route.key(), _ -> new Rounds<>(route.title(), tool, new ArrayList<>()))
                .list()
                .add(round);
    }

    void add(Target target, String key, String title, Report.OrderRound round) {
        orders.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(key, _ -> new Rounds<>(title, "", new ArrayList<>()))
                .list()
                .add(round);
    }

    void add(Limits.Limit limit, Report.Round round) {
        limits.computeIfAbsent(limit.key(), _ -> new Rounds<>(limit.title(), limit.tool(), new ArrayList<>()))
                .list()
                .add(round);
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
                .flatMap(rounds -> rounds.list().stream())
                .toList();
        double others = all.stream()
                .mapToDouble(round -> round.cpu().getOrDefault(Meter.OTHERS, 0.0))
                .sum();
        double seconds =
                all.stream().mapToDouble(round -> round.burst().seconds()).sum();
        return seconds == 0 ? 0 : others / seconds / cores;
    }

    Report report(
            String when,
            Report.Machine machine,
            Report.Settings settings,
            List<Target> targets,
            Function<Target, List<Report.Service>> services,
            List<String> notes) {
        List<Report.Implementation> all = targets.stream()
                .map(target -> new Report.Implementation(
                        target.name(),
                        services.apply(target),
                        measurements(
                                Optional.ofNullable(routes.get(target.name())).orElse(Map.of())),
                        Stream.of(orders.getOrDefault(target.name(), Map.of()))
                                .flatMap(byKey -> byKey.entrySet().stream())
                                .map(entry -> new Report.OrderMeasurement(
                                        entry.getKey(),
                                        entry.getValue().title(),
                                        entry.getValue().list()))
                                .toList()))
                .toList();
        return new Report(when, machine, settings, all, measurements(limits), notes);
    }

    private static List<Report.Measurement> measurements(Map<String, Rounds<Report.Round>> byKey) {
        return byKey.entrySet().stream()
                .map(entry -> new Report.Measurement(
                        entry.getKey(),
                        entry.getValue().title(),
                        entry.getValue().tool(),
                        entry.getValue().list()))
                .toList();
    }
}
