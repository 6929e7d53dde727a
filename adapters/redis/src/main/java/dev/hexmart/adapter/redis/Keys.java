package dev.hexmart.adapter.redis;

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

    static String attempt(CustomerId customer, String key) {
        return "checkout:{" + customer + "}:" + key;
    }

    static String allowance(String key) {
        return "allowance:{" + key + "}";
    }
}
