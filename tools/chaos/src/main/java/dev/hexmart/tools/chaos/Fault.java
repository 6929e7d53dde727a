package dev.hexmart.tools.chaos;

import java.util.Locale;

/** What is done to a service or a store. */
enum Fault {
    KILL("kill -9, started again after it"),
    RESTART("SIGTERM, started again"),
    PAUSE("SIGSTOP, then SIGCONT"),
    LATENCY("each packet 200 ms late"),
    RESET("connections reset, new ones too"),
    BLACK_HOLE("nothing arrives, nothing is refused"),
    SLOW_CLOSE("no answers, the connection closed 2 s later"),
    DISK_FULL("the disk is full"),
    ALARM("the memory alarm blocks publishers"),
    CLOCK("restarted with a clock 2 min off");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    boolean isOfTheNetwork() {
        return this == LATENCY || this == RESET || this == BLACK_HOLE || this == SLOW_CLOSE;
    }

    String words() {
        return words;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
