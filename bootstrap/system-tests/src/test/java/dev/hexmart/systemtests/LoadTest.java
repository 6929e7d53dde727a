package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import dev.hexmart.tools.load.Load;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shoppers in a real shop: all is well, and when one piece is stolen meanwhile, that is found out. */
@ExtendWith(SharedShop.Open.class)
class LoadTest {

    @TempDir
    private Path folder;

    @Test
    void aShopUnderLoadKeepsItsPromisesAndIsLeftAsItWas(SharedShop shop) throws Exception {
        Visitor carol = shop.shop().as("carol");
        Path json = folder.resolve("load.json");

        Run run = load(shop, "--rate", "4", "--duration", "5s", "--json", json.toString());

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("20 checkouts started", "0 refused, 0 lost, 0 errors", "no breach")
                .doesNotContain("BREACH", "BROKEN");
        JsonObject result = new Answer(200, Map.of(), Files.readString(json)).json();
        // The last product has five pieces for seven that are wanted; how many are refused is up to who comes first.
        assertThat(result.getInt("accepted") + result.getInt("soldOut")).isEqualTo(20);
        assertThat(result.getInt("paid")).isPositive();
        assertThat(result.getJsonObject("steps").getJsonObject("checkout").getInt("count"))
                .isEqualTo(20);
        assertThat(result.getJsonArray("breaches")).isEmpty();
        assertThat(loadsProducts(carol)).isEmpty();
    }

    @Test
    void aPieceThatGoesWithoutAnOrderIsABreach(SharedShop shop) throws Exception {
        Visitor carol = shop.shop().as("carol");
        FutureTask<Run> load = new FutureTask<>(
                () -> load(shop, "--rate", "2", "--duration", "3s", "--patience", "3s", "--methods", "card-ok"));
        // Not in the common pool, on which the shop's HTTP clients stand and which may have a single thread.
        Thread.ofVirtual().start(load);
        await().atMost(ofSeconds(30)).until(() -> !loadsProducts(carol).isEmpty());

        String robbed = loadsProducts(carol).getFirst();
        Answer theft = carol.post("/products/" + robbed + "/stock", "{\"delta\":-1,\"reason\":\"stolen\"}");
        assertThat(theft.status()).as(theft.body()).isEqualTo(200);

        Run run = load.get();
        assertThat(run.status()).as(run.output()).isEqualTo(1);
        assertThat(run.output().lines().filter(line -> line.startsWith("BREACH")))
                .isNotEmpty()
                .allMatch(line -> line.contains("product " + robbed));
        assertThat(run.output()).contains("BROKEN  no stock below zero");
        assertThat(loadsProducts(carol)).isEmpty();
    }

    private static List<String> loadsProducts(Visitor carol) {
        return carol
                .get("/products?category=load&limit=100")
                .value()
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .map(product -> product.getString("id"))
                .toList();
    }

    private static Run load(SharedShop shop, String... options) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "--shop", shop.shop().addresses().gateway().toString(),
                "--identity", shop.shop().addresses().identity().toString()));
        int status = Load.run(arguments, Map.of(), out, out);
        return new Run(status, output.toString(StandardCharsets.UTF_8));
    }

    private record Run(int status, String output) {}
}
