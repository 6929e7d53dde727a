package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a folder that looks like /proc, its lines taken from a Linux 6. */
class ProcTest {

    @TempDir
    private Path root;

    private Proc proc;

    @BeforeEach
    void open() {
        proc = new Proc(root, 100);
    }

    @Test
    void cpuIsUserAndSystemTimeWithoutTheChildren() throws IOException {
        process(71, "(java) S 1", 1234, 66, 500, 500);

        assertThat(proc.seconds(71))
                .hasValueSatisfying(seconds -> assertThat(seconds).isCloseTo(13.0, within(1e-9)));
    }

    @Test
    void nameOfAProgramMayHaveSpacesAndParentheses() throws IOException {
        process(72, "(postgres: io) wor (x) S 1", 100, 50, 0, 0);

        assertThat(proc.seconds(72)).contains(1.5);
    }

    @Test
    void cpuWithChildrenHasThoseThatRunAndThoseThatHaveEnded() throws IOException {
        process(10, "(postgres) S 1", 100, 0, 30, 20);
        process(11, "(postgres) S 10", 200, 0, 0, 0);
        process(12, "(postgres) S 11", 5, 5, 0, 0);
        process(13, "(redis-server) S 1", 9900, 0, 0, 0);

        assertThat(proc.secondsWithChildren(10))
                .hasValueSatisfying(seconds -> assertThat(seconds).isCloseTo(3.6, within(1e-9)));
    }

    @Test
    void processThatHasEndedHasNoCpuAndNoMemory() {
        assertThat(proc.seconds(99)).isEmpty();
        assertThat(proc.secondsWithChildren(99)).isEmpty();
        assertThat(proc.memory(99)).isEmpty();
    }

    @Test
    void memoryIsInMebibytes() throws IOException {
        Files.createDirectories(root.resolve("71"));
        Files.writeString(root.resolve("71/status"), """
            Name:\tjava
            VmPeak:\t 3480344 kB
            VmHWM:\t  262144 kB
            VmRSS:\t  204800 kB
            RssAnon:\t  180000 kB
            """);

        assertThat(proc.memory(71)).contains(new Proc.Memory(200, 256));
    }

    @Test
    void machineIsBusyWithAllButIdleAndWaiting() throws IOException {
        Files.writeString(root.resolve("stat"), """
            cpu  1000 10 300 5000 700 0 20 40 0 0
            cpu0 500 5 150 2500 350 0 10 20 0 0
            """);

        Proc.Machine machine = proc.machine();

        assertThat(machine.busy()).isCloseTo(13.3, within(1e-9));
        assertThat(machine.stolen()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void listenerOfAPortIsTheFirstProcessThatHasItsSocket() throws IOException {
        Files.createDirectories(root.resolve("net"));
        Files.writeString(root.resolve("net/tcp"), """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 555 1 0000000000000000 100 0 0 10 0
               1: 0100007F:1538 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 777 1 0000000000000000 20 4 30 10 -1
            """);
        Files.writeString(root.resolve("net/tcp6"), """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 888 1 0000000000000000 100 0 0 10 0
            """);
        socket(21, 555);
        socket(20, 555);
        socket(5, 777);
        socket(30, 888);

        assertThat(proc.listener(0x1538)).hasValue(20L);
        assertThat(proc.listener(8080)).hasValue(30L);
        assertThat(proc.listener(9999)).isEmpty();
    }

    @Test
    void withoutProcNothingIsMeasuredAndTheWorkIsDone() {
        Meter.Measured<String> measured = new Meter(Optional.empty()).measure(Map.of("products", 1L), () -> "done");

        assertThat(measured).isEqualTo(new Meter.Measured<>("done", Map.of()));
    }

    private void socket(int process, int inode) throws IOException {
        Path files = Files.createDirectories(root.resolve(process + "/fd"));
        Files.createSymbolicLink(files.resolve("7"), Path.of("socket:[" + inode + "]"));
    }

    private void process(int id, String nameStateAndParent, int user, int system, int childUser, int childSystem)
            throws IOException {
        Files.createDirectories(root.resolve(Integer.toString(id)));
        Files.writeString(
                root.resolve(id + "/stat"),
                "%d %s 1 1 0 -1 4194304 91 0 0 0 %d %d %d %d 20 0 1 0 1234567 2560000 400 18446744073709551615\n"
                        .formatted(id, nameStateAndParent, user, system, childUser, childSystem));
    }
}
