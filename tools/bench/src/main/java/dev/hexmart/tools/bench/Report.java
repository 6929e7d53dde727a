package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** All that was measured, round by round. @param when the measuring began, by ISO 8601 */
record Report(
        String when,
        Machine machine,
        Settings settings,
        List<Implementation> targets,
        List<Measurement> limits,
        List<String> notes) {

    Report {
        targets = List.copyOf(targets);
        limits = List.copyOf(limits);
        notes = List.copyOf(notes);
    }

    record Machine(String system, String processor, int cores, long memoryMiB, String java, String generator) {}

    /** @param warmUp in seconds @param parts embedded or given @param command that measures the same again */
    record Settings(
            int rounds,
            int seconds,
            int warmUp,
            int connections,
            List<String> jvm,
            boolean cache,
            String parts,
            String command) {
        Settings {
            jvm = List.copyOf(jvm);
        }
    }

    record Implementation(
            String name, List<Service> services, List<Measurement> routes, List<OrderMeasurement> orders) {
        Implementation {
            services = List.copyOf(services);
            routes = List.copyOf(routes);
            orders = List.copyOf(orders);
        }
    }

    /** @param starts seconds from the start of the process to the first answer @param residentMiB after the load */
    record Service(String name, List<Double> starts, double residentMiB, double peakMiB) {
        Service {
            starts = List.copyOf(starts);
        }

        double start() {
            return Latency.median(starts.stream().mapToDouble(Double::doubleValue));
        }
    }

    /** @param tool that has measured it */
    record Measurement(String key, String title, String tool, List<Round> rounds) {
        Measurement {
            rounds = List.copyOf(rounds);
        }

        double median(ToDoubleFunction<Round> value) {
            return Latency.median(rounds.stream().mapToDouble(value));
        }

        /** Nothing if it was not measured in each round. */
        Optional<Double> cpu(Part part) {
            List<Optional<Double>> all = rounds.stream()
                    .map(round -> part.perThousand(round.cpu(), round.burst().requests()))
                    .toList();
            return all.isEmpty() || all.contains(Optional.<Double>empty())
                    ? Optional.empty()
                    : Optional.of(Latency.median(
                            all.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue)));
        }

        long errors() {
            return rounds.stream().mapToLong(round -> round.burst().errors()).sum();
        }
    }

    /** @param cpu seconds by service or part, as in {@link Meter.Measured} */
    record Round(Burst burst, Map<String, Double> cpu) {
        Round {
            cpu = Map.copyOf(cpu);
        }

        double perSecond() {
            return burst.requests() / burst.seconds();
        }
    }

    record OrderMeasurement(String key, String title, List<OrderRound> rounds) {
        OrderMeasurement {
            rounds = List.copyOf(rounds);
        }

        double median(ToDoubleFunction<OrderRound> value) {
            return Latency.median(rounds.stream().mapToDouble(value));
        }

        Optional<Double> cpu(Part part) {
            List<Optional<Double>> all = rounds.stream()
                    .map(round -> part.perThousand(round.cpu(), round.outcome().paid()))
                    .toList();
            return all.isEmpty() || all.contains(Optional.<Double>empty())
                    ? Optional.empty()
                    : Optional.of(Latency.median(
                            all.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue)));
        }
    }

    record OrderRound(OrderLoad.Outcome outcome, Map<String, Double> cpu) {
        OrderRound {
            cpu = Map.copyOf(cpu);
        }

        double paidPerSecond() {
            return outcome.seconds() > 0 ? outcome.paid() / outcome.seconds() : 0;
        }

        /** Orders that were accepted and cancelled, or not paid in time. */
        long unpaid() {
            return outcome.post().requests() - outcome.post().errors() - outcome.paid();
        }
    }

    /** Whose CPU it is. */
    enum Part {
        APP("app"),
        POSTGRES("Postgres"),
        REDIS("Redis"),
        BROKER("broker"),
        OTHERS("others");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** CPU seconds for each 1,000; nothing where it was not measured, or nothing was answered. */
        Optional<Double> perThousand(Map<String, Double> cpu, long requests) {
            return requests == 0 ? Optional.empty() : seconds(cpu).map(seconds -> seconds * 1000 / requests);
        }

        private Optional<Double> seconds(Map<String, Double> cpu) {
            return switch (this) {
                case APP -> {
                    double[] services = cpu.entrySet().stream()
                            .filter(entry -> isApp(entry.getKey()))
                            .mapToDouble(Map.Entry::getValue)
                            .toArray();
                    yield services.length == 0
                            ? Optional.empty()
                            : Optional.of(DoubleStream.of(services).sum());
                }
                case POSTGRES -> Optional.ofNullable(cpu.get(Meter.POSTGRES));
                case REDIS -> Optional.ofNullable(cpu.get(Meter.REDIS));
                case BROKER -> Optional.ofNullable(cpu.get(Meter.BROKER));
                case OTHERS -> Optional.ofNullable(cpu.get(Meter.OTHERS));
            };
        }

        private static boolean isApp(String name) {
            return Target.SERVICES.contains(name) || name.equals("static");
        }
    }
}
