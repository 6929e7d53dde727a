package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiter.Verdict;
import dev.hexmart.application.limit.RateLimiter.Wanted;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Counts requests, by where they come from before their token is verified, and by whose they are after that, or at once where
 * that is known; refuses those that are beyond what is allowed, and tells all how much is left
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * <p>When nothing can be counted the shop stays open: a limit protects it from few, an outage must not shut it for all.
 */
public final class RateLimits {

    private static final System.Logger LOG = System.getLogger(RateLimits.class.getName());

    /** How long the limiter is left alone after it failed, so that an outage does not make every request wait for it. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int NETWORK_BYTES = 8;

    public static final RateLimits NONE = new RateLimits(
            (_, _) -> {
                throw new IllegalStateException("Nothing is limited");
            },
            new Settings(Optional.empty(), Optional.empty(), TrustedProxies.NONE),
            InstantSource.system());

    private final RateLimiter limiter;
    private final Settings settings;
    private final InstantSource clock;
    private final AtomicLong uncounted = new AtomicLong();
    private volatile Instant askAgain = Instant.MIN;

    public RateLimits(RateLimiter limiter, Settings settings, InstantSource clock) {
        this.limiter = limiter;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The allowances; an empty one is no limit.
     *
     * @param address for each address, all that share it together; an IPv6 network of 64 bits, which is what one subscriber
     *     gets, counts as one address
     * @param customer for each caller with a good token
     * @param connections how many connections each address may have open; a trusted proxy may have any number
     */
    public record Settings(
            Optional<Allowance> address,
            Optional<Allowance> customer,
            OptionalInt connections,
            TrustedProxies proxies) {

        public Settings(Optional<Allowance> address, Optional<Allowance> customer, TrustedProxies proxies) {
            this(address, customer, OptionalInt.empty(), proxies);
        }
    }

    /** How many connections may be open from there. */
    public int connections(InetAddress peer) {
        return settings.proxies().include(peer)
                ? Integer.MAX_VALUE
                : settings.connections().orElse(Integer.MAX_VALUE);
    }

    /** Begins to count one request. */
    Count count() {
        return new Count();
    }

    /** One request, as it is being counted. */
    final class Count {

        private final List<Line> lines = new ArrayList<>();
        private boolean byCaller;

        private Count() {}

        /**
         * @param caller where it is known already, so that both are counted with one question
         * @throws ProblemException when there have been too many from there, or of theirs
         */
        void from(InetAddress peer, List<String> forwardedFor, Optional<Caller> caller) {
            List<Limit> limits = new ArrayList<>();
            settings.address()
                    .ifPresent(allowance -> limits.add(new Limit(
                            "address",
                            network(settings.proxies().origin(peer, forwardedFor)),
                            allowance,
                            "Too many requests come from your address")));
            caller.ifPresent(known -> limits.addAll(of(known)));
            byCaller = caller.isPresent();
            take(limits);
        }

        /** @throws ProblemException when there have been too many of theirs */
        void by(Caller caller) {
            if (!byCaller) {
                byCaller = true;
                take(of(caller));
            }
        }

        private List<Limit> of(Caller caller) {
            return settings
                    .customer()
                    .map(allowance -> new Limit("customer", name(caller), allowance, "You have asked too often"))
                    .stream()
                    .toList();
        }

        /** The headers about it, for every response. */
        List<Header> headers() {
            return lines.isEmpty()
                    ? List.of()
                    : List.of(
                            new Header("RateLimit-Policy", joined(lines.stream().map(Line::policy))),
                            new Header("RateLimit", joined(lines.stream().map(Line::state))));
        }

        private void take(List<Limit> limits) {
            List<Verdict> verdicts = limits.isEmpty() ? List.of() : ask(limits);
            for (int i = 0; i < verdicts.size(); i++) {
                Limit limit = limits.get(i);
                lines.add(new Line(limit.policy(), limit.allowance(), verdicts.get(i)));
                if (verdicts.get(i) instanceof Verdict.Exhausted exhausted) {
                    int after = seconds(exhausted.next());
                    throw new ProblemException(
                            Problem.of(ProblemType.TOO_MANY_REQUESTS, limit.refusal() + "; wait " + after + " s")
                                    .retry(after));
                }
            }
        }

        private static String joined(Stream<String> items) {
            return String.join(", ", items.toList());
        }
    }

    private record Line(String name, Allowance allowance, Verdict verdict) {

        String policy() {
            return "\"%s\";q=%d;w=%d".formatted(name, allowance.times(), seconds(allowance.period()));
        }

        String state() {
            int left = switch (verdict) {
                case Verdict.Taken taken -> taken.left();
                case Verdict.Exhausted _ -> 0;
            };
            return "\"%s\";r=%d;t=%d".formatted(name, left, seconds(verdict.whole()));
        }
    }

    /** What is counted of one request. @param refusal what is said where there is nothing left */
    private record Limit(String policy, String whose, Allowance allowance, String refusal) {

        Wanted wanted() {
            return new Wanted(policy + ":" + whose, allowance);
        }
    }

    /** @return nothing while nothing can be counted */
    private List<Verdict> ask(List<Limit> limits) {
        if (clock.instant().isBefore(askAgain)) {
            uncounted.incrementAndGet();
            return List.of();
        }
        try {
            List<Verdict> verdicts =
                    limiter.takeEach(limits.stream().map(Limit::wanted).toList());
            long passed = uncounted.getAndSet(0);
            if (passed > 0) {
                LOG.log(Level.WARNING, "Rate limits apply again; {0} requests passed uncounted", Long.toString(passed));
            }
            return verdicts;
        } catch (InfrastructureFailure e) {
            if (uncounted.getAndIncrement() == 0) {
                LOG.log(Level.WARNING, "No rate limits during an outage of Redis: {0}", e.getMessage());
            }
            askAgain = clock.instant().plus(PAUSE);
            return List.of();
        }
    }

    /** The address, or the network of an IPv6 address, which limits count as one. */
    public static String network(InetAddress origin) {
        byte[] bytes = origin.getAddress();
        if (!(origin instanceof Inet6Address)) {
            return origin.getHostAddress();
        }
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            network.append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return network.append(":/64").toString();
    }

    static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> person.id().toString();
            case Caller.Service service -> "service:" + service.clientId();
        };
    }

    /** Rounded up, so that a retry at that time is not too early. */
    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds()));
    }
}
