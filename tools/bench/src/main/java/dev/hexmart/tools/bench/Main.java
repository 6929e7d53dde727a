package dev.hexmart.tools.bench;

import java.util.List;

/** {@code ./hexmart bench}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Bench.run(List.of(arguments), System.getenv(), System.out, System.err));
    }
}
