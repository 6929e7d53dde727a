package dev.hexmart.adapter.http.api.catalog;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.CategoryJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.catalog.BrowseCategories;
import dev.hexmart.application.catalog.NameCategory;
import dev.hexmart.application.identity.Role;
import dev.hexmart.domain.catalog.Category;
import java.util.List;
import java.util.Set;

/** The categories of the catalog and their names. */
public final class CategoriesApi implements Endpoints {

    private final BrowseCategories browse;
    private final NameCategory name;
    private final KeptAnswers kept;

    /** @param kept the list that was read last */
    public CategoriesApi(BrowseCategories browse, NameCategory name, KeptAnswers kept) {
        this.browse = browse;
        this.name = name;
        this.kept = kept;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/categories", Access.SIGNED_IN, BrowseCategories.class, this::list),
                Route.put(
                        "/categories/{slug}",
                        new Access.Requires(Role.CATALOG_MANAGE),
                        NameCategory.class,
                        this::name));
    }

    private Response list(Request request) {
        return kept.answer(
                request,
                () -> KeptAnswers.Tagged.of(
                        Response.json(
                                200,
                                Json.array(browse.list(), CategoryJson::write).build()),
                        Set.of()));
    }

    private Response name(Request request) {
        Category category = request.path("slug", Category::new);
        return Response.json(
                200, CategoryJson.write(name.name(request.caller(), category, request.json(CategoryJson::name))));
    }
}
