package dev.hexmart.adapter.http.api.catalog;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.api.Paging;
import dev.hexmart.adapter.http.api.Refusals;
import dev.hexmart.adapter.http.exchange.EntityTags;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.ProductJson;
import dev.hexmart.adapter.json.StockJson;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.ProductQuery;
import dev.hexmart.application.catalog.ProductQuery.Position;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import dev.hexmart.application.identity.Role;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalog. */
public final class ProductsApi implements Endpoints {

    private static final Access MANAGERS = new Access.Requires(Role.CATALOG_MANAGE);
    private static final int LEDGER_LINES = 100;

    private final BrowseProducts browse;
    private final AddProduct add;
    private final EditProduct edit;
    private final AdjustStock adjust;
    private final KeptAnswers kept;

    /** @param kept the lists and products that were read last */
    public ProductsApi(BrowseProducts browse, AddProduct add, EditProduct edit, AdjustStock adjust, KeptAnswers kept) {
        this.browse = browse;
        this.add = add;
        this.edit = edit;
        this.adjust = adjust;
        this.kept = kept;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/products", Access.SIGNED_IN, BrowseProducts.class, this::list),
                Route.get("/products/{id}", Access.SIGNED_IN, BrowseProducts.class, this::find),
                Route.post("/products", MANAGERS, AddProduct.class, this::add),
                Route.put("/products/{id}", MANAGERS, EditProduct.class, this::revise),
                Route.delete("/products/{id}", MANAGERS, EditProduct.class, this::remove),
                Route.get("/products/{id}/stock", MANAGERS, AdjustStock.class, this::ledger),
                Route.post("/products/{id}/stock", MANAGERS, AdjustStock.class, this::adjust));
    }

    private Response list(Request request) {
        // What is asked for by its ids is about to be bought, and is always read.
        return request.query("ids", ProductsApi::ids)
                .map(ids -> KeptAnswers.Tagged.of(products(browse.findAll(ids)), Set.of())
                        .to(request))
                .orElseGet(() -> kept.answer(request, () -> page(request)));
    }

    private KeptAnswers.Tagged page(Request request) {
        Request.checkAll(List.of(
                () -> request.query("sort", ProductsApi::sort),
                () -> request.query("search", ProductsApi::search),
                () -> request.query("category", Category::new),
                () -> Paging.limit(request, ProductQuery.MAX_LIMIT)));
        Sort sort = request.query("sort", ProductsApi::sort).orElse(Sort.NAME);
        ProductQuery query = new ProductQuery(
                request.query("search", ProductsApi::search).orElse(""),
                request.query("category", Category::new),
                sort,
                request.query("cursor", cursor -> position(cursor, sort)));
        BrowseProducts.Page page = browse.list(query, Paging.limit(request, ProductQuery.MAX_LIMIT));
        Response response = page.next()
                .map(next -> products(page.products()).with("Link", Paging.nextLink(request, cursor(next, sort))))
                .orElseGet(() -> products(page.products()));
        return KeptAnswers.Tagged.of(
                response,
                page.products().stream().map(listed -> listed.product().id()).collect(Collectors.toSet()));
    }

    private static Response products(List<ListedProduct> products) {
        return Response.json(200, Json.array(products, ProductJson::write).build());
    }

    private Response find(Request request) {
        return kept.answer(request, () -> {
            ListedProduct product = listed(request);
            return KeptAnswers.Tagged.of(
                    Response.json(200, ProductJson.write(product)),
                    tag(product),
                    Set.of(product.product().id()));
        });
    }

    private Response add(Request request) {
        ProductJson.NewProduct wanted = request.json(ProductJson::newProduct);
        ListedProduct product = switch (add.add(request.caller(), wanted.details(), wanted.stock())) {
            case AddProduct.Outcome.Added(ListedProduct added) -> added;
            case AddProduct.Outcome.NotSoldIn(Currency currency, SellingCurrencies sold) ->
                throw notSoldIn(currency, sold);
        };
        return Response.json(201, ProductJson.write(product))
                .with("Location", "/products/" + product.product().id())
                .with("ETag", tag(product));
    }

    private Response revise(Request request) {
        ListedProduct seen = seen(request);
        ProductDetails details = request.json(ProductJson::details);
        ListedProduct revised = done(
                request,
                edit.revise(
                        request.caller(), seen.product().id(), seen.product().version(), details));
        return Response.json(200, ProductJson.write(revised)).with("ETag", tag(revised));
    }

    private Response remove(Request request) {
        ListedProduct seen = seen(request);
        done(
                request,
                edit.remove(
                        request.caller(), seen.product().id(), seen.product().version()));
        return Response.empty(204);
    }

    private Response ledger(Request request) {
        List<StockMovement> movements = adjust.ledger(
                        request.caller(), request.path("id", ProductId::parse), LEDGER_LINES)
                .orElseThrow(() -> new ProblemException(request.notFound()));
        return Response.json(200, Json.array(movements, StockJson::write).build());
    }

    private Response adjust(Request request) {
        ProductId id = request.path("id", ProductId::parse);
        StockJson.Adjustment wanted = request.json(StockJson::adjustment);
        return switch (adjust.adjust(request.caller(), id, wanted.delta(), wanted.reason())) {
            case AdjustStock.Outcome.Adjusted(ListedProduct product) ->
                Response.json(200, ProductJson.write(product)).with("ETag", tag(product));
            case AdjustStock.Outcome.OutOfBounds(var present) ->
                throw Refusals.of(
                        ProblemType.OUT_OF_STOCK_BOUNDS,
                        "There are " + present.available() + " pieces; that many cannot be taken away or added");
            case AdjustStock.Outcome.NotFound _ -> throw new ProblemException(request.notFound());
        };
    }

    private ListedProduct listed(Request request) {
        return browse.find(request.path("id", ProductId::parse))
                .orElseThrow(() -> new ProblemException(request.notFound()));
    }

    /** The product as the editor has seen it, which must be as it is now. */
    private ListedProduct seen(Request request) {
        List<String> tags = EntityTags.listed(request, "If-Match").toList();
        if (tags.isEmpty()) {
            throw Refusals.of(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send the ETag of the product as If-Match, so that no concurrent change is lost");
        }
        ListedProduct product = listed(request);
        if (tags.stream().noneMatch(tag -> tag.equals(EntityTags.ANY) || sameVersion(tag, product))) {
            throw stale();
        }
        return product;
    }

    private static ListedProduct done(Request request, EditProduct.Outcome outcome) {
        return switch (outcome) {
            case EditProduct.Outcome.Done(ListedProduct product) -> product;
            case EditProduct.Outcome.Stale _ -> throw stale();
            case EditProduct.Outcome.NotSoldIn(Currency currency, SellingCurrencies sold) ->
                throw notSoldIn(currency, sold);
            case EditProduct.Outcome.NotFound _ -> throw new ProblemException(request.notFound());
        };
    }

    private static ProblemException notSoldIn(Currency currency, SellingCurrencies sold) {
        String detail = "The shop sells in " + sold + ", not in " + currency;
        return new ProblemException(Problem.of(ProblemType.CURRENCY_NOT_SOLD, detail)
                .because(new Problem.Fault.InBody("/price/currency", detail)));
    }

    private static ProblemException stale() {
        return Refusals.of(ProblemType.STALE, "The product was changed meanwhile; get it again and compare");
    }

    /** The representation holds the stock, so the tag does; the version alone tells whether an editor is up to date. */
    private static String tag(ListedProduct product) {
        return "\"" + product.product().version() + "." + product.available() + "\"";
    }

    private static boolean sameVersion(String tag, ListedProduct product) {
        return tag.matches("\"" + product.product().version() + "\\.[0-9]{1,10}\"");
    }

    private static String search(String text) {
        if (text.length() > ProductQuery.MAX_SEARCH) {
            throw new IllegalArgumentException("Must be at most " + ProductQuery.MAX_SEARCH + " characters");
        }
        return text;
    }

    private static Sort sort(String text) {
        return switch (text) {
            case "name" -> Sort.NAME;
            case "-name" -> Sort.NAME_DESCENDING;
            case "price" -> Sort.PRICE;
            case "-price" -> Sort.PRICE_DESCENDING;
            default -> throw new IllegalArgumentException("Must be one of name, -name, price, -price");
        };
    }

    private static List<ProductId> ids(String text) {
        List<ProductId> ids =
                Arrays.stream(text.split(",")).map(ProductId::parse).distinct().toList();
        if (ids.size() > ProductQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("Must be at most " + ProductQuery.MAX_LIMIT + " ids");
        }
        return ids;
    }

    private static String cursor(Position position, Sort sort) {
        return Paging.cursor(sort.name(), position.id().toString(), position.key());
    }

    private static Position position(String cursor, Sort sort) {
        List<String> parts = Paging.parts(cursor, 3);
        String key = parts.getLast();
        Position position = new Position(key, ProductId.parse(parts.get(1)));
        boolean fits = switch (sort) {
            case NAME, NAME_DESCENDING ->
                key.length() <= ProductDetails.MAX_NAME && key.chars().noneMatch(Character::isISOControl);
            case PRICE, PRICE_DESCENDING -> isPrice(position);
        };
        if (!fits || !parts.getFirst().equals(sort.name())) {
            throw Paging.unknownCursor();
        }
        return position;
    }

    private static boolean isPrice(Position position) {
        try {
            return position.price().amount() > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
