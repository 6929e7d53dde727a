package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void defaultIsTenPerSecondForAMinute() {
        Options options = parse();

        assertThat(options.rate()).isEqualTo(10);
        assertThat(options.duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.shop()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(options.identity()).isEqualTo(URI.create("http://localhost:8090"));
        assertThat(options.methods()).isEqualTo(MethodMix.parse(MethodMix.DEFAULT));
        assertThat(options.json()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        Options options = parse(
                "--rate",
                "2.5",
                "--duration=90s",
                "--shop",
                "https://shop.example/",
                "--identity=http://localhost:1",
                "--methods",
                "card-ok=3,card-lost=1",
                "--patience",
                "2m",
                "--json",
                "load.json");

        assertThat(options)
                .isEqualTo(new Options(
                        2.5,
                        Duration.ofSeconds(90),
                        URI.create("https://shop.example"),
                        URI.create("http://localhost:1"),
                        MethodMix.parse("card-ok=3,card-lost=1"),
                        Duration.ofMinutes(2),
                        Optional.of(Path.of("load.json"))));
    }

    @Test
    void theDemoIsFoundByTheSettingsThatMovedIt() {
        Options options = Options.parse(List.of(), Map.of("GATEWAY_PORT", "18080", "IDENTITY_PORT", "18090"));

        assertThat(options.shop()).isEqualTo(URI.create("http://localhost:18080"));
        assertThat(options.identity()).isEqualTo(URI.create("http://localhost:18090"));
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "1h, PT1H", "PT1M30S, PT1M30S", "pt0.5s, PT0.5S"})
    void aTimeIsWrittenShortOrByTheStandard(String text, Duration expected) {
        assertThat(parse("--duration", text).duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate ten        | --rate must be a number above 0",
                "--rate 0          | --rate must be a number above 0",
                "--rate NaN        | --rate must be a number above 0",
                "--duration 60     | --duration must be a time such as 30s",
                "--duration 0s     | --duration must be a time such as 30s",
                "--duration 9999h  | up to 24h",
                "--patience soon   | --patience must be a time",
                "--shop localhost  | --shop must be an address such as http://localhost:8080",
                "--shop ftp://a    | --shop must be an address",
                "--methods a=b     | --methods 'a=b': write a mix",
                "--methods a=0     | each a share of 1 or more",
                "--methods a,      | write a mix of methods",
                "--speed 3         | there is no option --speed",
                "--json            | --json needs a value",
            })
    void whatIsWrongIsNamedWithWhatWouldBeRight(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void missingShopNamesTheCommandToStart() throws IOException {
        int unusedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unusedPort = socket.getLocalPort();
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Load.run(
                List.of("--identity", "http://localhost:" + unusedPort),
                Map.of(),
                System.out,
                new PrintStream(err, true));

        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("http://localhost:" + unusedPort + " was not answered")
                .contains("Start ./hexmart demo first");
    }

    @Test
    void invalidArgumentsExitWithTwo() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Load.run(List.of("--rate", "fast"), Map.of(), System.out, new PrintStream(err, true));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("hexmart load: --rate must be");
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Map.of());
    }
}
