package dev.hexmart.adapter.http.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reverse proxies whose {@code X-Forwarded-For} is trusted. */
public final class TrustedProxies {

    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final int BITS = 8;

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * @param text addresses and networks with commas between them, such as {@code 10.0.0.0/8, ::1}
     * @throws IllegalArgumentException where one is neither; names are not looked up
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(Stream.of(text.split(","))
                .map(String::strip)
                .map(Network::parse)
                .toList());
    }

    /**
     * Where a request comes from: the last address on its way that is not one of the trusted proxies.
     *
     * @param peer who is at the other end of the connection
     * @param forwardedFor the values of {@code X-Forwarded-For}: each proxy has appended whom it was asked by
     */
    InetAddress origin(InetAddress peer, List<String> forwardedFor) {
        List<String> way =
                Arrays.asList(String.join(",", forwardedFor).split(",")).reversed();
        InetAddress origin = peer;
        for (String step : way) {
            Optional<InetAddress> before = include(origin) ? address(step.strip()) : Optional.empty();
            if (before.isEmpty()) {
                break;
            }
            origin = before.get();
        }
        return origin;
    }

    boolean include(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Some proxies write the port along: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static Optional<InetAddress> address(String step) {
        String bare = step.replaceFirst("^\\[(.*)](:\\d+)?$", "$1").replaceFirst("^([\\d.]+):\\d+$", "$1");
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Network(byte[] address, int prefix) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = address.length * BITS;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("A network's prefix has 0 to " + bits + " bits");
            }
            return new Network(address, prefix);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 1 << (BITS - 1 - bit % BITS);
                if (((address[bit / BITS] ^ other[bit / BITS]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
