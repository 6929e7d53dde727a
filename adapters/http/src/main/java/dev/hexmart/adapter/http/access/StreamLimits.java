package dev.hexmart.adapter.http.access;

import java.util.OptionalInt;

/**
 * Limits of open streams, in addition to the server's own; an empty one is no limit.
 *
 * @param customer for each caller
 * @param address for each address, of which an IPv6 network of 64 bits is one; only a server at the edge sees the clients'
 * @param proxies whose word for where a request comes from is taken
 */
public record StreamLimits(OptionalInt customer, OptionalInt address, TrustedProxies proxies) {

    public static final StreamLimits NONE =
            new StreamLimits(OptionalInt.empty(), OptionalInt.empty(), TrustedProxies.NONE);

    public static StreamLimits ofCustomer(OptionalInt customer) {
        return new StreamLimits(customer, OptionalInt.empty(), TrustedProxies.NONE);
    }

    public StreamLimits withAddress(OptionalInt limit, TrustedProxies trusted) {
        return new StreamLimits(customer, limit, trusted);
    }
}
