package dev.hexmart.tools.load;

import java.util.List;

/** {@code ./hexmart load}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Load.run(List.of(arguments), System.getenv(), System.out, System.err));
    }
}
