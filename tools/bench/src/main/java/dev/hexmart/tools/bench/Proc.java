package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Linux's accounting of processes, in {@code /proc}. Of a process that has ended, or that another user hides, it knows nothing.
 *
 * @param ticks how many a second has
 */
public record Proc(Path root, double ticks) {

    /** Of this machine; nothing where there is none. */
    static Optional<Proc> here(Tools tools) {
        Path root = Path.of("/proc");
        if (!Files.isReadable(root.resolve("self/stat")) || !Files.isReadable(root.resolve("stat"))) {
            return Optional.empty();
        }
        double ticks = tools.find("getconf")
                .map(program -> tools.run(List.of(program.toString(), "CLK_TCK"), Map.of(), 5)
                        .text()
                        .strip())
                .filter(text -> text.matches("[0-9]+"))
                .map(Double::parseDouble)
                .orElse(100.0);
        return Optional.of(new Proc(root, ticks));
    }

    /** @param waitedFor of the children that have ended, in seconds */
    private record Stat(long parent, double own, double waitedFor) {}

    /** @param busy and @param stolen of all cores, in seconds since the start of the machine */
    record Machine(double busy, double stolen) {}

    /** In MiB. @param peak the most that it ever was */
    record Memory(double resident, double peak) {}

    /** CPU seconds of a process, its children not counted. */
    Optional<Double> seconds(long process) {
        return stat(process).map(Stat::own);
    }

    /** CPU seconds of a process, of all that it has started, and of those of them that have ended. */
    Optional<Double> secondsWithChildren(long process) {
        return stat(process).map(root -> {
            Map<Long, Stat> all = new HashMap<>();
            for (long each : processes()) {
                stat(each).ifPresent(stat -> all.put(each, stat));
            }
            double sum = root.own() + root.waitedFor();
            Deque<Long> parents = new ArrayDeque<>(List.of(process));
            while (!parents.isEmpty()) {
                long parent = parents.pop();
                for (Map.Entry<Long, Stat> child : all.entrySet()) {
                    if (child.getValue().parent() == parent) {
                        sum += child.getValue().own() + child.getValue().waitedFor();
                        parents.push(child.getKey());
                    }
                }
            }
            return sum;
        });
    }

    /** CPU seconds of this process's children that have ended. */
    double secondsOfEndedChildren() {
        return stat(ProcessHandle.current().pid()).map(Stat::waitedFor).orElse(0.0);
    }

    Machine machine() {
        String[] columns =
                read(root.resolve("stat")).lines().findFirst().orElse("").split(" +");
        // cpu user nice system idle iowait irq softirq steal
        double[] seconds = new double[9];
        for (int i = 1; i < seconds.length && i < columns.length; i++) {
            seconds[i] = Double.parseDouble(columns[i]) / ticks;
        }
        return new Machine(seconds[1] + seconds[2] + seconds[3] + seconds[6] + seconds[7], seconds[8]);
    }

    Optional<Memory> memory(long process) {
        Map<String, Double> values = new HashMap<>();
        read(process(process).resolve("status"))
                .lines()
                .filter(line -> line.matches("Vm(RSS|HWM):\\s+[0-9]+ kB"))
                .map(line -> line.split("[:\\s]+"))
                .forEach(columns -> values.put(columns[0], Double.parseDouble(columns[1]) / 1024));
        return Optional.ofNullable(values.get("VmRSS"))
                .map(resident -> new Memory(resident, values.getOrDefault("VmHWM", resident)));
    }

    /** The process that listens on a TCP port; nothing if there is none, or none that can be seen. */
    Optional<Long> listener(int port) {
        String ending = ":%04X".formatted(port);
        List<String> sockets = Stream.of("net/tcp", "net/tcp6")
                .flatMap(file -> read(root.resolve(file)).lines())
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals("0A"))
                .map(columns -> "socket:[" + columns[9] + "]")
                .toList();
        // The one that was started first: others have it from that one.
        return sockets.isEmpty()
                ? Optional.empty()
                : processes().stream()
                        .filter(process -> hasOneOf(process, sockets))
                        .min(Comparator.naturalOrder());
    }

    private boolean hasOneOf(long process, List<String> sockets) {
        try (Stream<Path> files = Files.list(process(process).resolve("fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException _) {
            return false;
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException _) {
            return "";
        }
    }

    private List<Long> processes() {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[0-9]+"))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /** The name of the program comes second, in parentheses, and may have spaces and parentheses in it. */
    private Optional<Stat> stat(long process) {
        String text = read(process(process).resolve("stat"));
        int end = text.lastIndexOf(')');
        if (end < 0) {
            return Optional.empty();
        }
        String[] columns = text.substring(end + 1).strip().split(" ");
        return Optional.of(new Stat(
                Long.parseLong(columns[1]),
                (Double.parseDouble(columns[11]) + Double.parseDouble(columns[12])) / ticks,
                (Double.parseDouble(columns[13]) + Double.parseDouble(columns[14])) / ticks));
    }

    private Path process(long id) {
        return root.resolve(Long.toString(id));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
