package dev.hexmart.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How much memory this process, the shop included, holds on to. */
final class Heap {

    private static final long SLACK = 32L * 1024 * 1024;

    private final long before = used();

    /** Waits until there is as much left as there was, but for what caches and compilers may have taken. */
    void assertBackWhereItWas() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(used()).isLessThan(before + SLACK));
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
