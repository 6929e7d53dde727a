package dev.hexmart.tools.load;

import dev.hexmart.tools.load.client.Answer;
import dev.hexmart.tools.load.client.NoAnswer;
import dev.hexmart.tools.load.client.Patience;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import dev.hexmart.tools.load.client.UnexpectedAnswer;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The products that the shoppers buy: carol puts them on offer and takes them off again, so that the catalog stays as it was. */
final class Offer implements AutoCloseable {

    /** So many checkouts share a product that the ledger's one page shows all its movements in a run of usual length. */
    private static final int CHECKOUTS_A_PRODUCT = 20;

    private static final int FEWEST = 10;
    private static final int MOST = 200;
    private static final int SCARCE_EVERY = 10;
    private static final int SCARCE = 5;
    private static final int PLENTY = 100_000;

    private final ShopClient shop;
    private final Shopper carol;
    private final Map<String, Integer> stocks = new LinkedHashMap<>();
    private final List<String> products = new ArrayList<>();
    private final ConcurrentLinkedDeque<String> onOffer = new ConcurrentLinkedDeque<>();

    private Offer(ShopClient shop, Shopper carol) {
        this.shop = shop;
        this.carol = carol;
    }

    /** @param checkouts for how many it has to do */
    static Offer open(ShopClient shop, Shopper carol, String run, int checkouts) {
        Offer offer = new Offer(shop, carol);
        try {
            int count = Math.clamp(checkouts / CHECKOUTS_A_PRODUCT, FEWEST, MOST);
            for (int i = 0; i < count; i++) {
                offer.add(run, i);
            }
            return offer;
        } catch (RuntimeException e) {
            offer.close();
            throw e;
        }
    }

    /** How many pieces there were of each to begin with. */
    Map<String, Integer> stocks() {
        return Map.copyOf(stocks);
    }

    /** One product after the other, so that all have about as many buyers. */
    String product(int number) {
        return products.get(number % products.size());
    }

    private void add(String run, int number) {
        int stock = number % SCARCE_EVERY == SCARCE_EVERY - 1 ? SCARCE : PLENTY;
        String body = Json.createObjectBuilder()
                .add("name", "Load " + run + ", no. " + (number + 1))
                .add("description", "Made by hexmart load, which takes it away when it has finished.")
                .add("category", "load")
                .add(
                        "price",
                        Json.createObjectBuilder()
                                .add("amount", 995 + 137 * number)
                                .add("currency", "EUR"))
                .add("stock", stock)
                .build()
                .toString();
        Answer answer = Patience.ask(() -> shop.post("/products", carol, body));
        if (answer.status() != 201) {
            throw new IllegalStateException(
                    "The shop lets carol add no product: %s. The load needs ./hexmart demo, or services that take the local identity provider's tokens"
                            .formatted(answer.summary()));
        }
        String id = answer.object().getString("id");
        onOffer.add(id);
        products.add(id);
        stocks.put(id, stock);
    }

    /** Takes off what is still on offer; the rest is named for a manual cleanup. */
    @Override
    public void close() {
        for (String id = onOffer.poll(); id != null; id = onOffer.poll()) {
            String product = id;
            try {
                Patience.ask(() -> shop.delete("/products/" + product, carol, "If-Match", "*"))
                        .expect(204, "DELETE /products/" + product);
            } catch (NoAnswer | UnexpectedAnswer e) {
                System.err.println(
                        "the product " + product + " stays on offer, take it off by hand: " + e.getMessage());
            }
        }
    }
}
