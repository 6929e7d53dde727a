package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

    private static final Map<String, String> ALL = Map.of(
            "DATABASE_URL", "jdbc:postgresql://localhost/shop",
            "REDIS_URL", "redis://:secret@127.0.0.1:7000",
            "AMQP_URL", "amqp://broker.example:5672");

    @Test
    void givenPartsAreNotStarted(@TempDir Path folder) {
        try (Parts parts = Parts.start(folder, folder, ALL)) {
            assertThat(parts.variables()).isEmpty();
            assertThat(parts.description()).isEqualTo("given");
            assertThat(parts.hasOwnDatabase()).isFalse();
        }
    }

    @Test
    void portsAreThoseOfPartsOnThisMachine() {
        assertThat(Parts.ports(ALL)).isEqualTo(Map.of("postgres", 5432, "redis", 7000));
    }

    @Test
    void addressOfAnotherMachineIsNotHere() {
        assertThat(Parts.isHere(URI.create("http://[::1]:8080"))).isTrue();
        assertThat(Parts.isHere(URI.create("http://shop.example"))).isFalse();
    }
}
