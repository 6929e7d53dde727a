/** Carts, attempts to check out and rate limits, in Redis: what may lose its last second, and nothing that decides. */
package dev.hexmart.adapter.redis;
