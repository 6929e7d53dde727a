package dev.hexmart.tools.bench.generator;

/**
 * A customer who is signed in.
 *
 * @param cookie of the session at the gateway; empty without one
 * @param order one of the shopper's orders; empty without one
 */
public record Shopper(String name, String token, String cookie, String order) {

    public Shopper withSession(String session) {
        return new Shopper(name, token, session, order);
    }

    public Shopper withOrder(String id) {
        return new Shopper(name, token, cookie, id);
    }
}
