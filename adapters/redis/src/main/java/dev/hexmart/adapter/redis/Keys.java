package dev.hexmart.adapter.redis;

import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;

/**
 * The names of what is stored.
 *
 * <p>The braces are Redis Cluster's hash tag: all that belongs to one customer lies in one slot, so that one script may
 * touch it all.
 */
final class Keys {

    private Keys() {}

    static String cart(CustomerId owner) {
        return "cart:{" + owner + "}";
    }

    /** The random part of the cart's version. */
    static String cartId(CustomerId owner) {
        return "cart-version:{" + owner + "}";
    }

    /** The order that a version of the cart came to. */
    static String orderOf(CustomerId owner, CartVersion version) {
        return "cart-order:{" + owner + "}:" + version;
    }

    /** @param session its id's hash */
    static String session(String session) {
        return "session:{" + session + "}";
    }

    /** @param session its id's hash */
    static String renewal(String session) {
        return "session:{" + session + "}:renewal";
    }

    static String sessionsOf(CustomerId person) {
        return "sessions-of:{" + person + "}";
    }

    /** @param providerSession its name's hash */
    static String sessionsAt(String providerSession) {
        return "sessions-at:{" + providerSession + "}";
    }

    /**
     * @param browser the hash of its binding
     * @param state its hash
     */
    static String signIn(String browser, String state) {
        return "sign-in:{" + browser + "}:" + state;
    }

    static String attempt(CustomerId customer, String key) {
        return "checkout:{" + customer + "}:" + key;
    }

    static String allowance(String key) {
        return "allowance:{" + key + "}";
    }
}
