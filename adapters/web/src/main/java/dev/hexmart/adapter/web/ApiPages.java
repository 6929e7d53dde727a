package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.EntityTags;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.storefront.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The documents of the API, which the build copies beside these classes from the folder {@code docs}, and the page that
 * shows them to people.
 */
public final class ApiPages implements Endpoints {

    private static final Header CACHED = new Header("Cache-Control", "public, max-age=300");
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";
    private static final String YAML = "application/yaml";

    private final Pages pages;

    public ApiPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        Route page = Route.page(
                "/docs",
                Access.OPEN,
                pages.open(request -> pages.show(request, new Page.Api(), Html.POLICY_WITH_PICTURES_IN_STYLES)));
        Stream<Route> files = Stream.of(
                        new File("/openapi.yaml", "/documents/openapi.yaml", YAML),
                        new File("/asyncapi.yaml", "/documents/asyncapi.yaml", YAML),
                        new File("/docs/swagger-ui.css", SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"),
                        new File(
                                "/docs/swagger-ui-bundle.js",
                                SWAGGER_UI + "swagger-ui-bundle.js",
                                "text/javascript; charset=utf-8"))
                .map(File::route);
        return Stream.concat(Stream.of(page), files).toList();
    }

    /** A public file on the class path. */
    private record File(String path, String resource, String mediaType) {

        Route route() {
            String tag = EntityTags.of(new Response(200, List.of(), new Response.Content(mediaType, bytes())));
            return Route.get(path, Access.OPEN, request -> answer(request, tag)).uncounted();
        }

        private Response answer(Request request, String tag) {
            Response.Body body =
                    EntityTags.known(request, tag) ? new Response.Nothing() : new Response.Content(mediaType, bytes());
            int status = body instanceof Response.Nothing ? 304 : 200;
            return new Response(status, List.of(CACHED, new Header("ETag", tag)), body);
        }

        private byte[] bytes() {
            return read(resource);
        }
    }

    /** It is a part of the paths in the library's jar. */
    private static String swaggerUiVersion() {
        try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        return Optional.ofNullable(ApiPages.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException("The build has left out " + resource));
    }
}
