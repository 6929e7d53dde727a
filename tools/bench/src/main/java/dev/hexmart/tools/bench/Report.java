package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All that was measured, round by round. {@link ReportJson} writes each component under its name, so a name is part of the
 * format.
 *
 * @param when the measuring began, by ISO 8601
 */
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

    /**
     * One of the services.
     *
     * @param startSeconds from the start of the process to the first answer
     * @param residentMiB after the load; 0 if unknown, as is the peak
     */
    record Service(String name, List<Double> startSeconds, double residentMiB, double peakMiB) {
        Service {
            startSeconds = List.copyOf(startSeconds);
        }

        double start() {
            return Latency.median(startSeconds.stream().mapToDouble(Double::doubleValue));
        }
    }

    /** @param tool that has measured it */
    record Measurement(String key, String title, String tool, List<Round> rounds) {
        Measurement {
            rounds = List.copyOf(rounds);
        }

        Measurement with(Measurement later) {
            return new Measurement(key, title, tool, concat(rounds, later.rounds));
        }

        double median(ToDoubleFunction<Round> value) {
            return Latency.median(rounds.stream().mapToDouble(value));
        }

        /** Nothing if it was not measured in each round, as for CPU. */
        Optional<Double> p999() {
            return medianOfAll(round -> round.latencyMs().p999());
        }

        /** Seconds for each 1,000. */
        Optional<Double> cpu(Part part) {
            return medianOfAll(round -> part.perThousand(round));
        }

        private Optional<Double> medianOfAll(Function<Round, OptionalDouble> value) {
            return rounds.stream().map(value).allMatch(OptionalDouble::isPresent) && !rounds.isEmpty()
                    ? Optional.of(median(round -> value.apply(round).orElseThrow()))
                    : Optional.empty();
        }

        long errors() {
            return rounds.stream().mapToLong(Round::errors).sum();
        }
    }

    /** @param cpu seconds by service or part, as in {@link Meter.Measured} */
    record Round(long requests, double seconds, long errors, Latency latencyMs, Map<String, Double> cpu) {
        Round {
            cpu = Map.copyOf(cpu);
        }

        static Round of(Meter.Measured<Burst> measured) {
            Burst burst = measured.result();
            return new Round(burst.requests(), burst.seconds(), burst.errors(), burst.latencyMs(), measured.cpu());
        }

        double perSecond() {
            return seconds > 0 ? requests / seconds : 0;
        }
    }

    record OrderMeasurement(String key, String title, List<OrderRound> rounds) {
        OrderMeasurement {
            rounds = List.copyOf(rounds);
        }

        OrderMeasurement with(OrderMeasurement later) {
            return new OrderMeasurement(key, title, concat(rounds, later.rounds));
        }

        double median(ToDoubleFunction<OrderRound> value) {
            return Latency.median(rounds.stream().mapToDouble(value));
        }

        Measurement paidOnes() {
            return new Measurement(
                    key, title, "", rounds.stream().map(OrderRound::paidOnes).toList());
        }
    }

    /**
     * What became of a round's orders.
     *
     * @param post of the requests alone
     * @param untilPaidSeconds from the first request until the last order was paid
     * @param toPaidMs from the entry PENDING of an order's history to its entry PAID
     */
    record OrderRound(Burst post, long paid, double untilPaidSeconds, Latency toPaidMs, Map<String, Double> cpu) {
        OrderRound {
            cpu = Map.copyOf(cpu);
        }

        /** The orders seen as requests whose answer is that they are paid: the others are errors. */
        Round paidOnes() {
            return new Round(paid, untilPaidSeconds, post.requests() - paid, toPaidMs, cpu);
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Whose CPU it is. */
    enum Part {
        APP(Stream.concat(Target.SERVICES.stream(), Stream.of("static")).toList()),
        POSTGRES(List.of(Meter.POSTGRES)),
        REDIS(List.of(Meter.REDIS)),
        BROKER(List.of(Meter.BROKER));

        private final List<String> names;

        Part(List<String> names) {
            this.names = names;
        }

        /** CPU seconds for each 1,000; nothing where it was not measured, or nothing was answered. */
        OptionalDouble perThousand(Round round) {
            if (round.requests() == 0 || names.stream().noneMatch(round.cpu()::containsKey)) {
                return OptionalDouble.empty();
            }
            double seconds = names.stream()
                    .mapToDouble(name -> round.cpu().getOrDefault(name, 0.0))
                    .sum();
            return OptionalDouble.of(seconds * 1000 / round.requests());
        }
    }
}
