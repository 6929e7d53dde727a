package dev.hexmart.adapter.redis;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** New ids for versions of carts, in digits that an entity tag may have. They are no secret, so they cost no secure random. */
final class VersionIds {

    private final String process = UUID.randomUUID().toString().replace("-", "");
    private final AtomicLong count = new AtomicLong();

    String next() {
        return process + Long.toHexString(count.incrementAndGet());
    }
}
