package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What the compose file and the Kubernetes resources say of rights and limits, as far as the files alone can tell. */
class DeploymentTest {

    private static final Path INFRA = Project.ROOT.resolve("infra");
    private static final Path BASE = INFRA.resolve("kubernetes/base");
    private static final Map<String, Object> COMPOSE =
            map(documents(INFRA.resolve("docker-compose.yml")).getFirst());
    private static final Pattern PINNED = Pattern.compile("[a-z0-9/-]+:v?\\d+\\.\\d+(\\.\\d+)?[a-z0-9._-]*");

    @Test
    void everyContainerIsConfinedAndBounded() {
        assertThat(containers()).hasSize(15).allSatisfy((name, container) -> assertThat(container)
                .as(name)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsKeys("mem_limit", "profiles", "restart"));
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackInterfaceOnly() {
        assertThat(containers()).allSatisfy((name, container) -> assertThat(list(container, "ports"))
                .allSatisfy(port -> assertThat(port.toString()).as(name).startsWith("127.0.0.1:")));
    }

    @Test
    void everyImageThatIsNotOursIsPinned() {
        assertThat(containers()).allSatisfy((name, container) -> {
            if (!container.containsKey("build")) {
                assertThat(container.get("image").toString()).as(name).matches(PINNED);
            }
        });
    }

    @Test
    void noSecretStandsInTheFile() {
        assertThat(containers())
                .allSatisfy((name, container) -> map(container.getOrDefault("environment", Map.of()))
                        .forEach((variable, value) -> {
                            if (variable.matches(".*(PASSWORD|SECRET)")) {
                                assertThat(value.toString())
                                        .as(name + ": " + variable)
                                        .startsWith("${");
                            }
                        }));
        assertThat(Project.read(INFRA.resolve(".env.example")).lines())
                .filteredOn(line -> line.matches(".*(PASSWORD|SECRET)=.*"))
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line).endsWith("="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments"})
    void aServiceInKubernetesCanBeMovedScaledAndReachedByItsCallersAlone(String service) {
        List<Map<String, Object>> resources = resources(service + ".yaml");

        assertThat(resources)
                .extracting(resource -> resource.get("kind"))
                .containsExactly("Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget");
        Map<String, Object> pod = map(map(map(resources.getFirst().get("spec")).get("template")).get("spec"));
        assertThat(list(pod, "topologySpreadConstraints")).hasSize(2);
        assertThat(list(pod, "containers"))
                .singleElement()
                .satisfies(container -> assertThat(map(container)).containsEntry("name", "service"));
        assertThat(resources("network-policies.yaml"))
                .extracting(policy -> map(policy.get("metadata")).get("name"))
                .contains("nothing-by-default", service, service + "-calls");
    }

    @Test
    void everyPodOfOursMeetsTheRestrictedStandardAndTellsOfItself() {
        Map<String, Object> pod = map(
                map(map(resources("hardened.yaml").getFirst().get("spec")).get("template"))
                        .get("spec"));
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
        assertThat(map(pod.get("securityContext")))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
        Map<String, Object> container = map(list(pod, "containers").getFirst());
        assertThat(map(container.get("securityContext")))
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(container).containsKeys("startupProbe", "readinessProbe", "livenessProbe", "lifecycle", "resources");
        // A service whose database is away is not to be killed for it.
        assertThat(map(map(container.get("livenessProbe")).get("httpGet"))).containsEntry("path", "/health/live");
    }

    @Test
    void everyResourceIsWellFormed() {
        assertThat(Project.filesIn(INFRA.resolve("kubernetes"), ".yaml"))
                .hasSizeGreaterThan(12)
                .allSatisfy(file -> assertThat(documents(file))
                        .isNotEmpty()
                        .allSatisfy(document -> assertThat(map(document)).containsKeys("apiVersion", "kind")));
    }

    private static Map<String, Map<String, Object>> containers() {
        return map(COMPOSE.get("services")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> map(entry.getValue())));
    }

    private static List<Map<String, Object>> resources(String file) {
        return documents(BASE.resolve(file)).stream().map(DeploymentTest::map).toList();
    }

    private static List<Object> documents(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .build();
        return StreamSupport.stream(
                        new Load(settings)
                                .loadAllFromString(Project.read(file))
                                .spliterator(),
                        false)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> yaml, String key) {
        return (List<Object>) yaml.getOrDefault(key, List.of());
    }
}
