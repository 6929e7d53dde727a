package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Generator;
import dev.hexmart.tools.bench.generator.Route;
import dev.hexmart.tools.bench.generator.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void withoutArgumentsEverythingIsMeasuredInThreeRounds() {
        Options options = parse();

        assertThat(options.rounds()).isEqualTo(3);
        for (Route route : Route.values()) {
            assertThat(options.measures(route.key())).as(route.key()).isTrue();
        }
        assertThat(options.measures(Options.ORDERS)).isTrue();
        assertThat(options.measures(Options.LIMITS)).isTrue();
        assertThat(options.measures(Options.START)).isTrue();
    }

    @Test
    void everyOptionIsTaken() {
        Options options = parse(
                "--rounds=2",
                "--seconds",
                "5",
                "--warm-up",
                "4",
                "--connections=16",
                "--heap",
                "1g",
                "--cache=off",
                "--only",
                "products,orders",
                "--json",
                "result.json");

        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.seconds()).isEqualTo(5);
        assertThat(options.warmUp()).isEqualTo(4);
        assertThat(options.connections()).isEqualTo(16);
        assertThat(options.heap()).isEqualTo("1g");
        assertThat(options.cache()).isFalse();
        assertThat(options.only()).containsExactlyInAnyOrder("products", "orders");
        assertThat(options.json()).contains(Path.of("result.json"));
    }

    @Test
    void quickIsOneShortRoundAndOtherOptionsChangeItWhereverTheyStand() {
        assertThat(parse("--quick").rounds()).isEqualTo(1);
        assertThat(parse("--rounds", "2", "--quick").rounds()).isEqualTo(2);
        assertThat(parse("--rounds", "2", "--quick").seconds()).isEqualTo(2);
    }

    @Test
    void anAddressAloneIsForAllServices() {
        Against.Running running = (Against.Running) against("http://localhost:9000/");

        assertThat(running.name()).isEqualTo("localhost-9000");
        assertThat(running.services())
                .containsOnlyKeys(Target.SERVICES)
                .containsEntry("orders", URI.create("http://localhost:9000"));
    }

    @Test
    void servicesAreNamedWithTheirAddressesAndPartsWithTheirPorts() {
        Against against = against(
                "spring@products=http://localhost:1,cart=http://localhost:2,identity=http://localhost:3,redis=4");

        assertThat(against)
                .isEqualTo(new Against.Running(
                        "spring",
                        Map.of("products", URI.create("http://localhost:1"), "cart", URI.create("http://localhost:2")),
                        Optional.of(URI.create("http://localhost:3")),
                        Map.of("redis", 4)));
    }

    @Test
    void folderIsAnotherCheckoutIfItIsBuilt(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("bootstrap/gateway/target/hexmart-gateway.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        assertThat(against("before@" + folder)).isEqualTo(new Against.Checkout("before", folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 0                | --rounds must be a whole number from 1 to 100, and is '0'",
                "--rounds many             | --rounds must be a whole number",
                "--seconds 601             | --seconds must be a whole number from 1 to 600",
                "--connections -1          | --connections must be a whole number",
                "--heap big                | --heap must be a size such as 256m",
                "--cache maybe             | --cache must be on or off, and is 'maybe'",
                "--only prices             | --only knows no 'prices'; it takes some of products",
                "--json                    | --json needs a value",
                "--speed 3                 | there is no option --speed",
                "--against nowhere         | this is no address, and no checkout that is built",
                "--against http://         | --against needs addresses such as http://localhost:8080, and one is"
                        + " 'http://'",
                "--against products=ftp://a | --against needs addresses such as",
                "--against shelf=http://a  | --against knows no 'shelf'; it takes products, cart",
                "--against redis=6379      | --against names no service",
                "--against products=http://a,redis=local | --against needs a port for redis, and it is 'local'",
                "--against hexmart@http://a | two targets are called hexmart",
            })
    void wrongArgumentIsNamedWithWhatWouldBeRight(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void wrongArgumentEndsWithTwo() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Bench.run(List.of("--rounds", "0"), Map.of(), System.out, new PrintStream(err, true));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("hexmart bench: --rounds must be");
    }

    @Test
    void missingGeneratorIsNamedWithHowToInstallIt(@TempDir Path empty) {
        assertThatThrownBy(() -> Generator.find(new Tools(empty.toString()), empty))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("neither wrk nor h2load is on the PATH")
                .hasMessageContaining("apt-get install wrk");
    }

    private static Against against(String text) {
        return parse("--against", text).against().getFirst();
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments));
    }
}
