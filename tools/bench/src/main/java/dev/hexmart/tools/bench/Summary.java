package dev.hexmart.tools.bench;

import java.io.PrintStream;

/** The results, for the terminal. */
final class Summary {

    private Summary() {}

    static void print(Report report, PrintStream out) {
        for (Table table : Table.of(report)) {
            out.println();
            out.println(table.title()
                    + (table.head().contains("app")
                            ? " (app, Postgres, Redis, broker: CPU seconds for each 1,000)"
                            : ""));
            out.print(table.text());
        }
        out.println();
        report.notes().forEach(note -> out.println("note: " + note));
    }
}
