package dev.hexmart.adapter.httpclient;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.httpclient.StubService.Behaviour;
import dev.hexmart.adapter.httpclient.StubService.Received;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.ProductJson;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the products service answers to the two questions that are asked here, and when it refuses to. */
final class StubCatalog implements Behaviour {

    private static final String FIND = "/products/";
    private static final String FIND_ALL = "/products?ids=";
    private static final int MAX_IDS = 100;
    private static final int MAX_TARGET = 4000;

    private final Map<ProductId, ListedProduct> listed = new ConcurrentHashMap<>();

    void offer(ProductId id, String name, Money price) {
        var details =
                new ProductDetails(name, "Boils water.", new Category("kitchen"), "/images/products/kettle.svg", price);
        listed.put(id, new ListedProduct(Product.introduce(id, details), 7));
    }

    void withdraw(ProductId id) {
        listed.remove(id);
    }

    @Override
    public void answer(Received request, HttpExchange exchange) throws IOException {
        String target = request.target();
        if (target.length() > MAX_TARGET) {
            Answers.problem(exchange, 414, "uri-too-long", "Send a shorter URI");
        } else if (request.method().equals("GET") && target.startsWith(FIND_ALL)) {
            findAll(target.substring(FIND_ALL.length()), exchange);
        } else if (request.method().equals("GET") && target.startsWith(FIND)) {
            find(target.substring(FIND.length()), exchange);
        } else {
            Answers.notFound(exchange);
        }
    }

    private void find(String id, HttpExchange exchange) throws IOException {
        var product = Optional.ofNullable(listed.get(ProductId.parse(id)));
        if (product.isPresent()) {
            exchange.getResponseHeaders().set("ETag", "\"1.7\"");
            Answers.json(exchange, 200, ProductJson.write(product.get()));
        } else {
            Answers.notFound(exchange);
        }
    }

    private void findAll(String ids, HttpExchange exchange) throws IOException {
        List<ProductId> wanted;
        try {
            wanted = Arrays.stream(ids.split(",")).map(ProductId::parse).toList();
        } catch (IllegalArgumentException e) {
            Answers.problem(exchange, 400, "invalid-parameter", "ids: " + e.getMessage());
            return;
        }
        if (wanted.size() > MAX_IDS) {
            Answers.problem(exchange, 400, "invalid-parameter", "ids: Must be at most " + MAX_IDS + " ids");
            return;
        }
        List<ListedProduct> found =
                wanted.stream().filter(listed::containsKey).map(listed::get).toList();
        Answers.json(exchange, 200, Json.array(found, ProductJson::write).build());
    }
}
