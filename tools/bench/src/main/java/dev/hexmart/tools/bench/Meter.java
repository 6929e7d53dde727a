package dev.hexmart.tools.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Measures the CPU time that is used while something runs. */
record Meter(Optional<Proc> proc) {

    static final String POSTGRES = "postgres";
    static final String REDIS = "redis";
    static final String BROKER = "broker";
    static final String GENERATOR = "generator";
    static final String OTHERS = "others";

    /** @param cpu in seconds, by service or part; what could not be seen is not in it */
    record Measured<T>(T result, Map<String, Double> cpu) {}

    /**
     * Runs something, and says what the processes have used meanwhile; {@link #OTHERS} is what the machine was busy with
     * besides.
     *
     * @param processes by service or part
     */
    <T> Measured<T> measure(Map<String, Long> processes, Supplier<T> work) {
        if (proc.isEmpty()) {
            return new Measured<>(work.get(), Map.of());
        }
        Proc accounting = proc.get();
        Proc.Machine machine = accounting.machine();
        double own = own(accounting);
        Map<String, Double> before = read(accounting, processes);
        T result = work.get();
        Map<String, Double> cpu = new TreeMap<>();
        read(accounting, processes)
                .forEach((name, seconds) -> Optional.ofNullable(before.get(name))
                        .ifPresent(earlier -> cpu.put(name, Math.max(0, seconds - earlier))));
        cpu.put(GENERATOR, own(accounting) - own);
        double accounted =
                cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        cpu.put(OTHERS, Math.max(0, accounting.machine().busy() - machine.busy() - accounted));
        return new Measured<>(result, cpu);
    }

    /** This process, which sends the orders, and the generators that it has run. */
    private static double own(Proc accounting) {
        return accounting.secondsOfEndedChildren()
                + accounting.seconds(ProcessHandle.current().pid()).orElse(0.0);
    }

    private static Map<String, Double> read(Proc accounting, Map<String, Long> processes) {
        Map<String, Double> seconds = new TreeMap<>();
        processes.forEach((name, process) -> (name.equals(POSTGRES)
                        ? accounting.secondsWithChildren(process)
                        : accounting.seconds(process))
                .ifPresent(value -> seconds.put(name, value)));
        return seconds;
    }
}
