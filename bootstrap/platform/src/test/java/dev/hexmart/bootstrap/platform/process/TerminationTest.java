package dev.hexmart.bootstrap.platform.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has no SIGTERM")
class TerminationTest {

    /** A service that closes what it has opened once it is asked to end. */
    static final class Service {

        private Service() {}

        static void main(String[] arguments) {
            Termination termination = Termination.listen();
            System.out.println("up");
            if (arguments[0].equals("waits")) {
                termination.await();
            }
            System.out.println("closed");
            termination.exit(Integer.parseInt(arguments[1]));
        }
    }

    @Test
    void signalLeadsToAnOrderlyStopWithTheServicesOwnStatus() throws Exception {
        Process service = start("waits", "0");
        try (BufferedReader output = service.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("up");
            // Not the process itself, which closes what it says as well.
            service.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("closed");
            assertThat(ended(service)).isZero();
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void endByItselfKeepsItsStatus() throws Exception {
        Process service = start("ends", "3");
        try {
            assertThat(ended(service)).isEqualTo(3);
        } finally {
            service.destroyForcibly();
        }
    }

    private static int ended(Process service) throws InterruptedException {
        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return service.exitValue();
    }

    private static Process start(String... arguments) throws IOException, URISyntaxException {
        String classPath = folder(Termination.class) + File.pathSeparator + folder(Service.class);
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Service.class.getName());
        return new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path folder(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
