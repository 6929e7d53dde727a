package dev.hexmart.tools.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.chaos.audit.Databases.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static final String URL = "jdbc:postgresql://db:1/shop";

    @TempDir
    private Path root;

    @Test
    void eachServiceCanHaveADatabaseOfItsOwn() throws IOException {
        Path books = Files.createFile(root.resolve("books"));

        Options options = Options.parse(
                List.of(
                        "--orders=" + URL + "?user=a&password=b",
                        "--books",
                        books.toString(),
                        "--settled",
                        "--patience",
                        "5"),
                Map.of("PAYMENTS_DATABASE_URL", URL + "2", "DATABASE_URL", URL, "DATABASE_USER", "me"),
                root);

        assertThat(options.addresses())
                .containsEntry("orders", new Address(URL + "?user=a&password=b", "", ""))
                .containsEntry("payments", new Address(URL + "2", "me", ""))
                .containsEntry("products", new Address(URL, "me", ""));
        assertThat(options.books()).contains(books);
        assertThat(options.settled()).isTrue();
        assertThat(options.patience()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void demoIsFoundByItsDataWhileItRuns() throws IOException {
        Path part = Files.createDirectories(root.resolve(".hexmart/postgres/data"));
        Files.writeString(part.resolveSibling("port"), "1234\n");
        Files.writeString(part.resolveSibling("password"), "secret\n");
        assertThatThrownBy(() -> Options.parse(List.of(), Map.of(), root)).hasMessageContaining("start ./hexmart demo");

        Files.createFile(part.resolve("postmaster.pid"));
        Options options = Options.parse(List.of(), Map.of(), root);

        assertThat(options.addresses().values())
                .containsOnly(new Address("jdbc:postgresql://127.0.0.1:1234/ecommerce", "postgres", "secret"));
        assertThat(options.books()).contains(root.resolve(".hexmart/sandbox-ledger"));
    }

    @Test
    void composeIsFoundByItsSecrets() throws IOException {
        Files.createDirectories(root.resolve("infra"));
        Files.writeString(root.resolve("infra/.env"), "OTHER=1\nPOSTGRES_PASSWORD=secret\n");

        Options options = Options.parse(List.of(), Map.of("SANDBOX_LEDGER", " "), root);

        assertThat(options.addresses().values())
                .containsOnly(new Address("jdbc:postgresql://localhost:5432/ecommerce", "postgres", "secret"));
        assertThat(options.books()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--everything, there is no option --everything",
        "--orders, --orders needs a value",
        "--orders=http://localhost, --orders cannot be",
        "--books=/nowhere/ledger, --books cannot be",
        "--patience=soon, --patience cannot be",
    })
    void argumentThatIsWrongIsRefusedInWords(String argument, String message) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Audit.run(List.of(argument), Map.of("DATABASE_URL", URL), err, err))
                .isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("hexmart audit: " + message);
    }

    @Test
    void databaseThatDoesNotAnswerIsSaid() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Audit.run(List.of(), Map.of("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/shop"), err, err))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("the databases cannot be read", "Does the shop run?");
    }
}
