package dev.hexmart.bootstrap.demo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @Test
    void tarAndJavaUnpackTheSame(@TempDir Path tar, @TempDir Path java) throws IOException {
        assertThat(Binaries.unpackWithTar(Binaries.postgresArchive(), tar)).isTrue();
        Binaries.unpackInJava(Binaries.postgresArchive(), java);

        assertThat(tree(java)).isEqualTo(tree(tar)).containsKey("bin/postgres");
    }

    /** Every path with its permissions and, for a file, its size or, for a link, its target. */
    private static SortedMap<String, String> tree(Path root) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
                tree.put(root.relativize(path).toString(), describe(path));
            }
        }
        return tree;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        String permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                .sorted()
                .toList()
                .toString();
        return Files.isDirectory(path) ? permissions : permissions + " " + Files.size(path);
    }
}
