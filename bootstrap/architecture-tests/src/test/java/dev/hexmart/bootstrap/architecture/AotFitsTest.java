package dev.hexmart.bootstrap.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That an image can't be built with an AOT cache of other jars, options or another Java; no Docker is needed for that. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "The script is for images, which are Linux")
class AotFitsTest {

    private static final Path IMAGE = Project.ROOT.resolve("infra/image");

    @TempDir
    private Path folder;

    private Path jars;
    private Path java;
    private Path script;

    @BeforeEach
    void make() throws IOException {
        Path image = Files.createDirectory(folder.resolve("image"));
        script = Files.copy(IMAGE.resolve("aot-fits"), image.resolve("aot-fits"));
        Files.copy(IMAGE.resolve("java.options"), image.resolve("java.options"));
        java = Files.createDirectory(folder.resolve("java"));
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_RUNTIME_VERSION=\"25.0.4+7-LTS\"\n");
        jars = Files.createDirectories(folder.resolve("orders/lib")).getParent();
        Files.writeString(jars.resolve("hexmart-orders.jar"), "orders");
        Files.writeString(jars.resolve("lib/library.jar"), "library 1");
        run("write").succeeds();
        run("check").succeeds();
    }

    @Test
    void jarOfTheSameSizeAndAgeWithOtherContentIsRefused() throws IOException {
        Path jar = jars.resolve("lib/library.jar");
        FileTime age = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "library 2");
        Files.setLastModifiedTime(jar, age);
        run("check").fails("./lib/library.jar", "AOT cache of orders was made with other jars");
    }

    @Test
    void jarThatWasAddedOrRemovedIsRefused() throws IOException {
        Path other = Files.writeString(jars.resolve("lib/other.jar"), "other");
        run("check").fails("./lib/other.jar");
        Files.delete(other);
        run("check").succeeds();
        Files.delete(jars.resolve("lib/library.jar"));
        run("check").fails("./lib/library.jar");
    }

    @Test
    void otherJavaOrOtherOptionsAreRefused() throws IOException {
        Path options = folder.resolve("image/java.options");
        String right = Files.readString(options);
        Files.writeString(options, right.replace("-XX:+UseCompactObjectHeaders", ""));
        run("check").fails("java.options");
        Files.writeString(options, right);
        Files.writeString(java.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.5+9-LTS\"\n");
        run("check").fails("25.0.5");
    }

    @Test
    void cacheWithoutSumsIsRefused() throws IOException {
        Files.delete(jars.resolve("orders.aot.sums"));
        run("check").fails("orders.aot.sums");
    }

    @Test
    void everyImageWithACacheChecksIt() {
        String dockerfile = Project.read(Project.ROOT.resolve("infra/Dockerfile"));
        var caches = Pattern.compile("COPY --from=trained /trained/(\\w+)\\.aot ")
                .matcher(dockerfile)
                .results()
                .toList();
        assertThat(caches).hasSize(6).allSatisfy(cache -> {
            String service = cache.group(1);
            assertThat(dockerfile.substring(cache.start())).startsWith("""
                            COPY --from=trained /trained/%1$s.aot /trained/%1$s.aot.sums /opt/hexmart/%1$s/
                            RUN ["/opt/hexmart/aot-fits", "check", "/opt/hexmart/%1$s", "%1$s"]
                            """.formatted(service));
        });
        assertThat(Project.read(IMAGE.resolve("train"))).contains("/opt/hexmart/aot-fits write ");
    }

    private Run run(String what) throws IOException {
        ProcessBuilder process = new ProcessBuilder("bash", script.toString(), what, jars.toString(), "orders");
        process.environment().put("JAVA_HOME", java.toString());
        Process running = process.redirectErrorStream(true).start();
        String said = new String(running.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Run(running.waitFor(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Run(int status, String said) {

        void succeeds() {
            assertThat(status).as(said).isZero();
        }

        void fails(String... words) {
            assertThat(status).as(said).isEqualTo(1);
            assertThat(said).contains(words);
        }
    }
}
