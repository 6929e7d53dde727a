/** Carts and attempts to check out, in Redis: what may lose its last second, and nothing that decides. */
package dev.hexmart.adapter.redis;
