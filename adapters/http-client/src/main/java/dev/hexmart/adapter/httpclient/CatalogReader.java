package dev.hexmart.adapter.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The catalog as the products service shows it. */
public final class CatalogReader {

    private final ServiceClient products;
    private final Revalidated<Optional<Listing>> lists;
    private final Revalidated<Optional<Seen>> details;

    public CatalogReader(ServiceClient products) {
        this.products = products;
        this.lists = new Revalidated<>(products, CatalogReader::listing);
        this.details = new Revalidated<>(products, CatalogReader::seen);
    }

    /** A product on offer. @param available how many pieces can be ordered */
    public record Product(
            ProductId id, String name, String description, String category, String image, Money price, int available) {}

    /** What to look for; the service says what the words may be. */
    public record Query(
            Optional<String> search,
            Optional<String> category,
            Optional<String> sort,
            Optional<String> cursor,
            int limit) {

        private String pathAndQuery() {
            List<String> pairs = new ArrayList<>();
            pairs.add("limit=" + limit);
            add(pairs, "search", search);
            add(pairs, "category", category);
            add(pairs, "sort", sort);
            add(pairs, "cursor", cursor);
            return "/products?" + String.join("&", pairs);
        }

        private static void add(List<String> pairs, String name, Optional<String> value) {
            value.ifPresent(text -> pairs.add(name + "=" + URLEncoder.encode(text, UTF_8)));
        }
    }

    /** A part of the list. @param next the cursor of where it goes on */
    public record Listing(List<Product> products, Optional<String> next) {}

    /** @return nothing where the service does not take such a query */
    public Optional<Listing> list(Query query, Credential credential) {
        return lists.get(query.pathAndQuery(), credential);
    }

    private static Optional<Listing> listing(Answer answer) {
        return switch (answer.status()) {
            case 200 ->
                Optional.of(new Listing(answer.read(list -> list.list(CatalogReader::product)), NextCursor.of(answer)));
            case 400 -> Optional.empty();
            default -> throw answer.unexpected();
        };
    }

    /** A category and how many products of it are on offer. */
    public record Category(String slug, String name, int products) {}

    /** All categories, by name from A to Z. */
    public List<Category> categories(Credential credential) {
        return products.get("/categories", credential).ok(list -> list.list(CatalogReader::category));
    }

    public Optional<Product> find(ProductId id, Credential credential) {
        return see(id, credential).map(Seen::product);
    }

    /** A product for an editor. @param tag its ETag, for If-Match */
    public record Seen(Product product, String tag) {}

    public Optional<Seen> see(ProductId id, Credential credential) {
        return details.get("/products/" + id, credential);
    }

    private static Optional<Seen> seen(Answer answer) {
        return answer.found(CatalogReader::product)
                .map(product -> new Seen(product, answer.headers().first("ETag").orElseThrow(answer::unexpected)));
    }

    /** The available ones of these products. */
    public List<Product> findAll(Collection<ProductId> ids, Credential credential) {
        if (ids.isEmpty()) {
            // The service takes a list of no ids for a mistake.
            return List.of();
        }
        String joined = ids.stream().map(ProductId::toString).collect(Collectors.joining(","));
        return products.get("/products?ids=" + joined, credential).ok(list -> list.list(CatalogReader::product));
    }

    private static Category category(JsonInput input) {
        var members = input.members();
        var slug = members.required("slug", JsonInput::text);
        var name = members.required("name", JsonInput::text);
        var count = members.required("products", value -> (int) value.wholeNumber(0, Integer.MAX_VALUE));
        return members.build(() -> new Category(slug.get(), name.get(), count.get()));
    }

    private static Product product(JsonInput input) {
        var members = input.members();
        var id = members.required("id", value -> ProductId.parse(value.text()));
        var name = members.required("name", JsonInput::text);
        var description = members.required("description", JsonInput::text);
        var category = members.required("category", JsonInput::text);
        var image = members.required("image", JsonInput::text);
        var price = members.required("price", MoneyJson::read);
        var stock = members.required("stock", value -> (int) value.wholeNumber(0, Integer.MAX_VALUE));
        return members.build(() -> new Product(
                id.get(), name.get(), description.get(), category.get(), image.get(), price.get(), stock.get()));
    }
}
