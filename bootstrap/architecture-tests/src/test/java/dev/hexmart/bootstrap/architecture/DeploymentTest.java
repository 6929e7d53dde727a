package dev.hexmart.bootstrap.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What the compose file and the Kubernetes resources say of rights and limits, as far as the files alone can tell. */
class DeploymentTest {

    private static final Path INFRA = Project.ROOT.resolve("infra");
    private static final Path BASE = INFRA.resolve("kubernetes/base");
    private static final Map<String, Object> COMPOSE =
            map(documents(INFRA.resolve("docker-compose.yml")).getFirst());
    private static final String SECRETS = Project.read(INFRA.resolve("kubernetes/README.md"));
    private static final Set<String> KNOWN = Set.of(
            "v1 Namespace",
            "v1 ConfigMap",
            "v1 Service",
            "apps/v1 Deployment",
            "autoscaling/v2 HorizontalPodAutoscaler",
            "policy/v1 PodDisruptionBudget",
            "networking.k8s.io/v1 Ingress",
            "networking.k8s.io/v1 NetworkPolicy",
            "postgresql.cnpg.io/v1 Cluster",
            "rabbitmq.com/v1beta1 RabbitmqCluster",
            "rabbitmq.com/v1beta1 Exchange",
            "rabbitmq.com/v1beta1 Queue",
            "rabbitmq.com/v1beta1 User",
            "rabbitmq.com/v1beta1 Permission",
            "rabbitmq.com/v1beta1 TopicPermission",
            "redis.redis.opstreelabs.in/v1beta2 RedisReplication");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9/-]+:v?\\d+\\.\\d+(\\.\\d+)?[a-z0-9._-]*");

    @Test
    void everyContainerIsConfinedAndBounded() {
        assertThat(containers())
                .hasSize(15)
                .allSatisfy((name, container) -> assertThat(container)
                        .as(name)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true"))
                        .containsKeys("mem_limit", "profiles", "restart"));
    }

    @Test
    void theShopAsksForTwoGigabytesAndEverythingTogetherForFour() {
        assertThat(containers().values())
                .extracting(container -> container.get("mem_limit").toString())
                .allSatisfy(limit -> assertThat(limit).matches("\\d+m"));
        assertThat(mebibytes("core")).isPositive().isLessThanOrEqualTo(2048);
        assertThat(mebibytes("core", "observability", "tools"))
                .isGreaterThan(mebibytes("core"))
                .isLessThanOrEqualTo(4096);
    }

    /** Tempo, which was not, was killed for its memory after 40 seconds of ten checkouts each. */
    @Test
    void goProgramsHaveAMemoryLimit() {
        assertThat(containers()).extractingByKeys("loki", "tempo", "collector").allSatisfy(container -> {
            int limit = amount(container.get("mem_limit"));
            assertThat(amount(map(container.get("environment")).get("GOMEMLIMIT")))
                    .isBetween(limit * 85 / 100, limit * 92 / 100);
        });
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackInterfaceOnly() {
        assertThat(containers())
                .allSatisfy((name, container) -> assertThat(list(container, "ports"))
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
    void aServiceThatCannotStartStaysToBeShownAsUnhealthy() {
        assertThat(containers().values())
                .filteredOn(container -> container.containsKey("build"))
                .hasSize(6)
                .extracting(container -> map(container.get("environment")))
                .allSatisfy(environment -> assertThat(environment).containsKey("START_AGAIN_AFTER"));
        assertThat(Project.read(INFRA.resolve("Dockerfile")).lines())
                .filteredOn(line -> line.startsWith("ENTRYPOINT"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("ENTRYPOINT [\"/opt/hexmart/start\", \"java\", "));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 1 0, 3, 0", // could not start, and then could
        "0, 1 3, 2, 3", // a crash
        "'', 1 0, 1, 1", // without a setting
    })
    void whatCannotStartIsStartedAgainAndWhatCrashesIsNot(
            String after, String statuses, int starts, int status, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path tries = Files.writeString(directory.resolve("tries"), "");
        String service =
                "echo x >> %1$s; set -- %2$s; shift $(($(wc -l < %1$s) - 1)); exit $1".formatted(tries, statuses);
        ProcessBuilder start = new ProcessBuilder(INFRA.resolve("image/start").toString(), "bash", "-c", service);
        start.environment().put("START_AGAIN_AFTER", after);

        assertThat(start.start().waitFor()).isEqualTo(status);
        assertThat(tries).content().hasLineCount(starts);
    }

    @ParameterizedTest
    @CsvSource({
        "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done, 7", // runs, and ends as it likes
        "trap '' TERM; echo no; exit 1, 0", // cannot start, and waits for its next try
    })
    void whatIsToldToStopStopsAtOnceWhateverItDoes(String service, int status)
            throws IOException, InterruptedException {
        ProcessBuilder start = new ProcessBuilder(INFRA.resolve("image/start").toString(), "bash", "-c", service);
        start.environment().put("START_AGAIN_AFTER", "600");
        Process container = start.start();
        assertThat(container.inputReader().readLine()).isNotNull();

        container.destroy();

        assertThat(container.waitFor()).isEqualTo(status);
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
    void kubernetesServiceIsMovableScalableAndIsolated(String service) {
        List<Map<String, Object>> resources = resources(service + ".yaml");

        assertThat(resources)
                .extracting(resource -> resource.get("kind"))
                .containsExactly("Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget");
        Map<String, Object> pod =
                map(map(map(resources.getFirst().get("spec")).get("template")).get("spec"));
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
        Map<String, Object> pod =
                map(map(map(resources("hardened.yaml").getFirst().get("spec")).get("template"))
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

    /** What the files alone don't show: whether the patches meet what they patch, and names what they name. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void anOverlayRendersToResourcesThatFitTogether(String overlay) throws IOException, InterruptedException {
        List<Map<String, Object>> rendered = render(overlay);

        assertThat(rendered)
                .hasSizeGreaterThan(50)
                .allSatisfy(resource -> assertThat(resource.get("apiVersion") + " " + resource.get("kind"))
                        .isIn(KNOWN));
        Set<String> pods = names(rendered, "Deployment");
        assertThat(pods).contains("gateway", "products", "cart", "orders", "payments");
        assertThat(names(rendered, "PodDisruptionBudget")).isEqualTo(names(rendered, "HorizontalPodAutoscaler"));
        for (Map<String, Object> resource : rendered) {
            Map<String, Object> spec = map(resource.getOrDefault("spec", Map.of()));
            meetsThePublishedSchema(resource);
            switch (resource.get("kind").toString()) {
                case "HorizontalPodAutoscaler" ->
                    assertThat(map(spec.get("scaleTargetRef")).get("name")).isIn(pods);
                case "Service" ->
                    assertThat(map(spec.get("selector")).get("app.kubernetes.io/name"))
                            .isIn(pods);
                case "Deployment" ->
                    holdsInTheCluster(map(map(spec.get("template")).get("spec")), rendered);
                default -> {}
            }
        }
    }

    @Test
    void missingKubectlFailsTheTestOnABuildServerAndSkipsItElsewhere() {
        IOException missing = new IOException("No such file or directory");
        assertThat(notRendered(missing, Map.of("CI", "true"))).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(notRendered(missing, Map.of("CI", "false"))).isInstanceOf(TestAbortedException.class);
        assertThat(notRendered(missing, Map.of())).isInstanceOf(TestAbortedException.class);
    }

    /** Of what Kubernetes itself defines, by the client that is generated from its schemas: no field is unknown, none missing. */
    private static void meetsThePublishedSchema(Map<String, Object> resource) throws IOException {
        JsonElement json = new Gson().toJsonTree(resource);
        switch (resource.get("apiVersion") + " " + resource.get("kind")) {
            case "v1 Namespace" -> V1Namespace.validateJsonElement(json);
            case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(json);
            case "v1 Service" -> V1Service.validateJsonElement(json);
            case "apps/v1 Deployment" -> V1Deployment.validateJsonElement(json);
            case "autoscaling/v2 HorizontalPodAutoscaler" -> V2HorizontalPodAutoscaler.validateJsonElement(json);
            case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
            case "networking.k8s.io/v1 Ingress" -> V1Ingress.validateJsonElement(json);
            case "networking.k8s.io/v1 NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
            default ->
                assertThat(resource.get("apiVersion").toString())
                        .as("an operator's")
                        .containsPattern("\\.(io|com|in)/");
        }
    }

    private static void holdsInTheCluster(Map<String, Object> pod, List<Map<String, Object>> rendered) {
        assertThat(map(pod.get("securityContext"))).containsEntry("runAsNonRoot", true);
        Map<String, Object> container = map(list(pod, "containers").getFirst());
        assertThat(container.get("image").toString()).contains(":");
        assertThat(map(container.get("securityContext"))).containsEntry("readOnlyRootFilesystem", true);
        assertThat(map(map(container.get("resources")).get("limits"))).containsKey("memory");
        for (Object source : list(container, "envFrom")) {
            assertThat(map(map(source).get("configMapRef")).get("name")).isIn(names(rendered, "ConfigMap"));
        }
        for (Object variable : list(container, "env")) {
            Map<String, Object> source = map(map(variable).getOrDefault("valueFrom", Map.of()));
            if (source.containsKey("secretKeyRef")) {
                Map<String, Object> secret = map(source.get("secretKeyRef"));
                assertThat(SECRETS).contains("`" + secret.get("name") + "`").contains("`" + secret.get("key") + "`");
            }
        }
    }

    private static Set<String> names(List<Map<String, Object>> resources, String kind) {
        return resources.stream()
                .filter(resource -> kind.equals(resource.get("kind")))
                .map(resource -> map(resource.get("metadata")).get("name").toString())
                .collect(Collectors.toSet());
    }

    private static List<Map<String, Object>> render(String overlay) throws IOException, InterruptedException {
        Path folder = INFRA.resolve("kubernetes/overlays").resolve(overlay);
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw notRendered(e, System.getenv());
        }
        String yaml = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
        assertThat(kubectl.waitFor()).isZero();
        return parse(yaml).stream().map(DeploymentTest::map).toList();
    }

    /** A skipped test on a developer's machine, a failed one on a build server. */
    private static RuntimeException notRendered(IOException noKubectl, Map<String, String> environment) {
        String message = "NOT RENDERED: there is no kubectl 1.22 or later on the path (" + noKubectl.getMessage() + ")";
        return "true".equals(environment.get("CI"))
                ? new IllegalStateException(message, noKubectl)
                : new TestAbortedException(message, noKubectl);
    }

    private static int mebibytes(String... profiles) {
        return containers().values().stream()
                .filter(container -> !Collections.disjoint(list(container, "profiles"), List.of(profiles)))
                .mapToInt(container -> amount(container.get("mem_limit")))
                .sum();
    }

    private static int amount(Object mebibytes) {
        return Integer.parseInt(mebibytes.toString().replaceFirst("m$|MiB$", ""));
    }

    private static Map<String, Map<String, Object>> containers() {
        return map(COMPOSE.get("services")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> map(entry.getValue())));
    }

    private static List<Map<String, Object>> resources(String file) {
        return documents(BASE.resolve(file)).stream().map(DeploymentTest::map).toList();
    }

    private static List<Object> documents(Path file) {
        return parse(Project.read(file));
    }

    private static List<Object> parse(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        return StreamSupport.stream(new Load(settings).loadAllFromString(yaml).spliterator(), false)
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
