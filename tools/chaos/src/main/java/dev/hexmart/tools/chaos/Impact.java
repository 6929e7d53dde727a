package dev.hexmart.tools.chaos;

import dev.hexmart.tools.load.client.ShopClient.Attempt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What customers saw of each fault: from when it was done until the next one was. */
final class Impact {

    private static final double NANOS = 1e9;

    private Impact() {}

    /** @param began by {@link System#nanoTime}, and @param millis since the epoch */
    record Done(Plan.Step step, long began, long millis) {}

    /**
     * One dependency and fault, over all its times.
     *
     * @param seen how often customers got which answer that was none: 503, 500, no answer
     * @param seconds the longest time from the first of these to the last
     * @param slowestPage of the catalog, and @param slowestCheckout in seconds, with all attempts
     * @param givenUp actions that came to nothing within the customers' patience
     * @param lost breaches about orders of its time
     */
    record Row(
            String dependency,
            String fault,
            int times,
            Map<String, Integer> seen,
            double seconds,
            double slowestPage,
            double slowestCheckout,
            int givenUp,
            int lost) {}

    /** How available something was. @param failed of the actions, and @param requestsFailed of the single requests */
    record Availability(int actions, int failed, int requests, int requestsFailed) {

        double percent() {
            return actions == 0 ? 0 : 100.0 * (actions - failed) / actions;
        }

        double percentOfRequests() {
            return requests == 0 ? 0 : 100.0 * (requests - requestsFailed) / requests;
        }
    }

    static boolean isCatalog(Attempt attempt) {
        return attempt.request().startsWith("GET /products");
    }

    static boolean isCheckout(Attempt attempt) {
        return attempt.request().equals("POST /cart/checkout");
    }

    private static boolean isFailed(Attempt attempt) {
        return attempt.status() == 0 || attempt.status() == 429 || attempt.status() >= 500;
    }

    static Availability availability(List<Attempt> attempts, Predicate<Attempt> what) {
        List<Attempt> all = attempts.stream().filter(what).toList();
        List<Attempt> actions = all.stream().filter(Attempt::last).toList();
        return new Availability(
                actions.size(), (int) actions.stream().filter(Impact::isFailed).count(), all.size(), (int)
                        all.stream().filter(Impact::isFailed).count());
    }

    /**
     * The rows, by dependency and fault.
     *
     * @param subjects of breaches; an order's id tells when it was placed
     */
    static List<Row> rows(List<Done> done, List<Attempt> attempts, List<String> subjects) {
        Map<String, Row> rows = new TreeMap<>();
        for (int i = 0; i < done.size(); i++) {
            Done one = done.get(i);
            long end = i + 1 < done.size() ? done.get(i + 1).began() : Long.MAX_VALUE;
            long endMillis = i + 1 < done.size() ? done.get(i + 1).millis() : Long.MAX_VALUE;
            List<Attempt> meanwhile = attempts.stream()
                    .filter(it -> it.ended() - one.began() >= 0 && (end == Long.MAX_VALUE || it.ended() - end < 0))
                    .filter(it -> isCatalog(it) || isCheckout(it))
                    .toList();
            int lost = (int) subjects.stream()
                    .map(Impact::placedAt)
                    .filter(at -> at >= one.millis() && at < endMillis)
                    .count();
            rows.merge(one.step().choice().toString(), row(one, meanwhile, lost), Impact::sum);
        }
        return List.copyOf(rows.values());
    }

    private static Row row(Done done, List<Attempt> attempts, int lost) {
        List<Attempt> failed = attempts.stream().filter(Impact::isFailed).toList();
        Map<String, Integer> seen = new TreeMap<>();
        failed.forEach(
                it -> seen.merge(it.status() == 0 ? "no answer" : Integer.toString(it.status()), 1, Integer::sum));
        long first = failed.stream()
                .mapToLong(it -> Math.max(it.began() - done.began(), 0))
                .min()
                .orElse(0);
        long last =
                failed.stream().mapToLong(it -> it.ended() - done.began()).max().orElse(0);
        return new Row(
                done.step().choice().dependency(),
                done.step().choice().fault().toString(),
                1,
                seen,
                (last - first) / NANOS,
                slowest(attempts, Impact::isCatalog),
                slowest(attempts, Impact::isCheckout),
                (int) failed.stream().filter(Attempt::last).count(),
                lost);
    }

    private static double slowest(List<Attempt> attempts, Predicate<Attempt> what) {
        return attempts.stream()
                .filter(what)
                .filter(Attempt::last)
                .mapToDouble(it -> (it.ended() - it.began()) / NANOS)
                .max()
                .orElse(0);
    }

    private static Row sum(Row one, Row other) {
        Map<String, Integer> seen = new TreeMap<>(one.seen());
        other.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        return new Row(
                one.dependency(),
                one.fault(),
                one.times() + other.times(),
                seen,
                Math.max(one.seconds(), other.seconds()),
                Math.max(one.slowestPage(), other.slowestPage()),
                Math.max(one.slowestCheckout(), other.slowestCheckout()),
                one.givenUp() + other.givenUp(),
                one.lost() + other.lost());
    }

    /** Milliseconds since the epoch, of an id of version 7; of any other, before all time. */
    private static long placedAt(String id) {
        return id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*")
                ? Long.parseLong(id.replace("-", "").substring(0, 12), 16)
                : Long.MIN_VALUE;
    }
}
