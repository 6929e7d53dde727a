package dev.hexmart.adapter.http.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Whether the machine lets a process have as many connections as a server would take. */
final class OpenFiles {

    private static final System.Logger LOG = System.getLogger(OpenFiles.class.getName());

    private OpenFiles() {}

    /** Logs it if it does not. */
    static void check(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine) {
            shortage(machine.getMaxFileDescriptorCount(), connections)
                    .ifPresent(shortage -> LOG.log(Level.WARNING, shortage));
        }
    }

    /** @param limit how many files, connections among them, a process may have open */
    static Optional<String> shortage(long limit, int connections) {
        return limit >= connections
                ? Optional.empty()
                : Optional.of(
                        "This process may open %d files, fewer than the %d connections it takes; raise the limit (ulimit -n), or a crowd will make it fail"
                                .formatted(limit, connections));
    }
}
