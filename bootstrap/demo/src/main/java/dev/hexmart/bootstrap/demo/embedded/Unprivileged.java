package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How to run a program that refuses to run as root. */
enum Unprivileged {
    /** This process is an ordinary user's. */
    AS_IS(List.of(), 0),
    /** As root, but seen as nobody from inside the namespace; files stay root's. */
    USER_NAMESPACE(List.of("unshare", "-U"), 0),
    /** Where namespaces are blocked, as they are for root in most containers; the data must be nobody's then. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), 65534);

    private final List<String> prefix;
    private final int ownerIfRoot;

    Unprivileged(List<String> prefix, int ownerIfRoot) {
        this.prefix = prefix;
        this.ownerIfRoot = ownerIfRoot;
    }

    static Unprivileged detect() {
        if (uid(Path.of("/proc/self")) != 0) {
            return AS_IS;
        }
        for (Unprivileged way : List.of(USER_NAMESPACE, NOBODY)) {
            if (ChildProcess.succeeds(ChildProcess.concat(way.prefix, List.of("true")))) {
                return way;
            }
        }
        throw new EmbeddedPartException(
                "Postgres refuses to run as root, and this root may neither make a user namespace (unshare) nor become nobody"
                        + " (setpriv, of util-linux): run as an ordinary user");
    }

    List<String> prefix() {
        return prefix;
    }

    /** Gives a tree to the user that the program will be; cheap when it is theirs already. */
    void own(Path tree) {
        if (this == AS_IS || uid(tree) == ownerIfRoot) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            // The top comes last, so that a run that was cut off is repeated.
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.setAttribute(file, "unix:uid", ownerIfRoot, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", ownerIfRoot, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int uid(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
