package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final List<String> closed = new ArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void resourcesAreClosedInReverseOrder() {
        lifecycle.onClose("database", () -> closed.add("database"));
        lifecycle.onClose("server", () -> closed.add("server"));
        lifecycle.close();
        assertThat(closed).containsExactly("server", "database");
    }

    @Test
    void aFailureKeepsNothingElseFromBeingClosed() {
        lifecycle.onClose("database", () -> closed.add("database"));
        lifecycle.onClose("server", () -> {
            throw new IllegalStateException("planted");
        });
        lifecycle.close();
        assertThat(closed).containsExactly("database");
    }

    @Test
    void nothingIsClosedTwice() {
        lifecycle.onClose("database", () -> closed.add("database"));
        lifecycle.close();
        lifecycle.close();
        assertThat(closed).containsExactly("database");
    }
}
