package dev.hexmart.tools.viewer;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest lines of all services' logs; the oldest make room for the newest. */
final class LogLines {

    private final int most;
    private final int mostCharacters;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private int characters;

    /** @param mostCharacters how long all lines may be together */
    LogLines(int most, int mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    synchronized void add(List<LogLine> newest) {
        for (LogLine line : newest) {
            lines.addLast(line);
            characters += line.length();
            while (lines.size() > most || characters > mostCharacters) {
                characters -= lines.removeFirst().length();
            }
        }
    }

    synchronized int size() {
        return lines.size();
    }

    /** The latest that are wanted, in the order of time: they arrive in batches, each service's by itself. */
    synchronized List<LogLine> latest(int limit, Predicate<LogLine> wanted) {
        List<LogLine> found = lines.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(LogLine::time))
                .toList();
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    List<LogLine> of(String trace) {
        return latest(most, line -> line.trace().equals(trace));
    }
}
