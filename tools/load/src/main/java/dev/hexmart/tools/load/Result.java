package dev.hexmart.tools.load;

import dev.hexmart.tools.load.Checkout.Outcome;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a load, for people and for machines.
 *
 * @param seconds from the first shopper's arrival until the last one was answered
 * @param streamsRefused how many orders could not be followed as they went
 */
record Result(
        Options options,
        double seconds,
        Logbook.Counts counts,
        List<Checkout> checkouts,
        Measurements measurements,
        long streamsRefused,
        List<Breach> breaches) {

    /** 1 if anything has been breached. */
    int exitStatus() {
        return breaches.isEmpty() ? 0 : 1;
    }

    void print(PrintStream out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%-22s%8s%9s%10s%10s%10s%10s%n",
                "step",
                "count",
                "per s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "max ms");
        for (Step step : Step.values()) {
            Measurements.Summary summary = measurements.summary(step);
            out.printf(
                    Locale.ROOT,
                    "%-22s%8d%9.1f%10.1f%10.1f%10.1f%10.1f%n",
                    step,
                    summary.count(),
                    summary.count() / seconds,
                    summary.p50(),
                    summary.p95(),
                    summary.p99(),
                    summary.max());
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%d checkouts started in %.1f s (%.1f/s): %d accepted (%.1f/s), %d paid, %d cancelled, %d sold out, %d refused, %d lost, %d errors%n",
                counts.started(),
                seconds,
                counts.started() / seconds,
                accepted(),
                accepted() / seconds,
                counts.paid(),
                counts.cancelled(),
                counts.soldOut(),
                counts.refused(),
                counts.lost(),
                counts.errors());
        printWhy(out);
        printVerdict(out);
    }

    private void printWhy(PrintStream out) {
        Map<String, Long> refusals = checkouts.stream()
                .map(Checkout::outcome)
                .filter(Outcome.Refused.class::isInstance)
                .map(Outcome.Refused.class::cast)
                // How long to wait differs from one refusal to the next; the reason does not.
                .collect(Collectors.groupingBy(
                        refused -> refused.why().replaceAll("; wait \\d+ s", ""), TreeMap::new, Collectors.counting()));
        refusals.forEach((why, times) -> out.println("refused " + times + " times: " + why));
        if (refusals.keySet().stream().anyMatch(why -> why.contains(": 429"))) {
            out.println("  The gateway limits what comes from one address and from one customer: start the shop with"
                    + " RATE_LIMIT_ADDRESS=off (and RATE_LIMIT_CUSTOMER=off), or set a lower --rate.");
        }
        if (streamsRefused > 0) {
            out.println("no stream of events for " + streamsRefused
                    + " orders, so these were asked after ten times a second: their times are as rough as that");
        }
        for (Checkout checkout : checkouts) {
            if (checkout.outcome() instanceof Outcome.Lost(String why)) {
                out.println("lost: " + checkout + ": " + why);
            }
        }
    }

    private void printVerdict(PrintStream out) {
        for (Breach breach : breaches) {
            out.println("BREACH  " + breach.detail());
        }
        for (Breach.Rule rule : Breach.Rule.values()) {
            long count =
                    breaches.stream().filter(breach -> breach.rule() == rule).count();
            out.println((count == 0 ? "holds   " : "BROKEN  ") + rule + (count == 0 ? "" : " (" + count + ")"));
        }
        out.println(breaches.isEmpty() ? "no breach" : breaches.size() + " breaches");
    }

    JsonObject json() {
        JsonObjectBuilder steps = Json.createObjectBuilder();
        for (Step step : Step.values()) {
            Measurements.Summary summary = measurements.summary(step);
            steps.add(
                    step.name().toLowerCase(Locale.ROOT),
                    Json.createObjectBuilder()
                            .add("count", summary.count())
                            .add("perSecond", summary.count() / seconds)
                            .add("p50Millis", summary.p50())
                            .add("p95Millis", summary.p95())
                            .add("p99Millis", summary.p99())
                            .add("maxMillis", summary.max()));
        }
        JsonArrayBuilder broken = Json.createArrayBuilder();
        breaches.forEach(breach -> broken.add(
                Json.createObjectBuilder().add("rule", breach.rule().name()).add("detail", breach.detail())));
        return Json.createObjectBuilder()
                .add("rate", options.rate())
                .add("durationSeconds", options.duration().toMillis() / 1000.0)
                .add("methods", options.methods().toString())
                .add("seconds", seconds)
                .add("started", counts.started())
                .add("accepted", accepted())
                .add("acceptedPerSecond", accepted() / seconds)
                .add("paid", counts.paid())
                .add("cancelled", counts.cancelled())
                .add("soldOut", counts.soldOut())
                .add("refused", counts.refused())
                .add("lost", counts.lost())
                .add("errors", counts.errors())
                .add("streamsRefused", streamsRefused)
                .add("steps", steps)
                .add("breaches", broken)
                .build();
    }

    private long accepted() {
        return checkouts.stream()
                .filter(checkout -> !checkout.orders().isEmpty())
                .count();
    }
}
