package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmTest {

    @Test
    void optionsAreThoseOfTheImagesWithAHeapOfItsOwn(@TempDir Path root) throws IOException {
        Path file = root.resolve("infra/image/java.options");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# comment\n\n-XX:+UseSerialGC\n-XX:MaxRAMPercentage=70\n-Djava.io.tmpdir=/tmp\n");

        assertThat(Jvm.ofImages(root, "64m").options()).containsExactly("-Xmx64m", "-XX:+UseSerialGC");
    }

    @Test
    void endOfALogIsItsLastFifteenLines(@TempDir Path folder) throws IOException {
        List<String> lines =
                IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
        Path log = Files.write(folder.resolve("log"), lines);

        assertThat(Jvm.endOf(log)).startsWith("6\n").endsWith("\n20");
        assertThat(Jvm.endOf(folder.resolve("none"))).startsWith("(no log at ");
    }
}
