package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.storefront.StaticFiles;
import dev.hexmart.adapter.storefront.StaticFiles.StaticFile;
import java.util.List;
import java.util.stream.Stream;

/** The files that the pages are made of. */
public final class AssetRoutes implements Endpoints {

    private static final Header CACHED = new Header("Cache-Control", "public, max-age=300");

    @Override
    public List<Route> routes() {
        return Stream.of(
                        Route.get("/images/{+rest}", Access.OPEN, AssetRoutes::named),
                        Route.get("/styles/{+rest}", Access.OPEN, AssetRoutes::named),
                        Route.get("/scripts/{+rest}", Access.OPEN, AssetRoutes::named))
                .map(Route::uncounted)
                .toList();
    }

    private static Response named(Request request) {
        return file(request.path());
    }

    private static Response file(String path) {
        return answer(200, path, Html.POLICY, CACHED);
    }

    /** A page that is shown once and not kept. */
    static Response page(int status, String path) {
        return answer(status, path, Html.POLICY);
    }

    private static Response answer(int status, String path, Header... headers) {
        StaticFile file = StaticFiles.find(path)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(ProblemType.NOT_FOUND, "There is no file at " + path)));
        return new Response(status, List.of(headers), new Response.Content(file.mediaType(), file.bytes()));
    }
}
