package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.ManagementReader;
import dev.hexmart.adapter.httpclient.ManagementReader.Readiness;
import dev.hexmart.adapter.json.ServiceDescription;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.adapter.storefront.ServiceView;
import dev.hexmart.adapter.storefront.ServiceView.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The page with the architecture diagram, from the services' own description of their wiring. */
public final class InsidePages implements Endpoints {

    private static final String GATEWAY = "gateway";

    private static final Map<String, String> PURPOSES = Map.of(
            GATEWAY,
            "The one door: signs people in, draws the pages, and passes requests on.",
            "products",
            "The catalog and its stock.",
            "cart",
            "What people mean to buy, and the way to the checkout.",
            "orders",
            "Where a checkout is decided.",
            "payments",
            "The money of an order.");

    private final Pages pages;
    private final InsideSettings settings;
    private final Map<String, ManagementReader> services;
    private final Gateway gateway;
    /** What a service was made of when it last answered, so that it is still drawn when it does not. */
    private final Map<String, ServiceDescription> known = new ConcurrentHashMap<>();

    /**
     * The gateway itself, which need not be asked.
     *
     * @param description complete once it has been wired
     * @param management its management address, if it is known before it listens
     */
    public record Gateway(Supplier<ServiceDescription> description, Optional<URI> management) {}

    public InsidePages(Pages pages, InsideSettings settings, Map<String, ManagementReader> services, Gateway gateway) {
        this.pages = pages;
        this.settings = settings;
        this.services = new LinkedHashMap<>(services);
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.page("/inside", Access.OPEN, pages.open(this::inside)),
                Route.page("/inside/decisions/{file}", Access.OPEN, pages.open(this::decision)));
    }

    private Response inside(Request request) {
        if (!settings.isShown()) {
            return closed(request);
        }
        return pages.show(
                request,
                new Page.Inside(
                        Stream.concat(Stream.of(gateway()), look().stream()).toList(),
                        viewer(),
                        Decisions.all().stream()
                                .map(decision -> new Page.Link(
                                        decision.number() + " " + decision.title(),
                                        "/inside/decisions/" + decision.file()))
                                .toList()));
    }

    private Response decision(Request request) {
        if (!settings.isShown()) {
            return closed(request);
        }
        return Decisions.text(request.pathParameters().getOrDefault("file", ""))
                .map(text -> Response.content(200, "text/plain; charset=utf-8", text))
                .orElseGet(() -> pages.trouble(
                        request,
                        404,
                        "There is no such decision",
                        "The page of the shop's inside lists all there are."));
    }

    private Response closed(Request request) {
        return pages.trouble(
                request,
                404,
                "This shop does not show its inside",
                "Its operator can publish it here by configuring the gateway with the services'"
                        + " management ports are: PRODUCTS_MANAGEMENT_URL and so on, as the README says.");
    }

    private List<ServiceView> look() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ServiceView>> looks = services.entrySet().stream()
                    .map(service ->
                            CompletableFuture.supplyAsync(() -> look(service.getKey(), service.getValue()), threads))
                    .toList();
            return looks.stream().map(CompletableFuture::join).toList();
        }
    }

    private ServiceView look(String service, ManagementReader reader) {
        Optional<Readiness> readiness = reader.readiness();
        readiness
                .flatMap(_ -> reader.wiring(ServiceDescription::read))
                .ifPresent(description -> known.put(service, description));
        return view(
                service,
                readiness.map(InsidePages::health).orElse(new Health(Health.State.SILENT, List.of())),
                Optional.ofNullable(known.get(service)),
                Optional.ofNullable(settings.management().get(service)));
    }

    private ServiceView gateway() {
        return view(
                GATEWAY,
                new Health(Health.State.READY, List.of()),
                Optional.of(gateway.description().get()),
                gateway.management());
    }

    private static Health health(Readiness readiness) {
        return new Health(readiness.ready() ? Health.State.READY : Health.State.NOT_READY, readiness.missing());
    }

    private ServiceView view(
            String service, Health health, Optional<ServiceDescription> description, Optional<URI> management) {
        return new ServiceView(
                service,
                PURPOSES.getOrDefault(service, ""),
                health,
                description.stream()
                        .flatMap(made -> made.drivers().stream())
                        .map(driver -> new ServiceView.Driver(
                                driver.name(), driver.place(), driver.routes(), driver.useCases()))
                        .toList(),
                description.map(ServiceDescription::useCases).orElse(List.of()),
                description.stream()
                        .flatMap(made -> made.ports().stream())
                        .map(port -> new ServiceView.Port(port.name(), port.adapter(), port.place()))
                        .toList(),
                links(service, management));
    }

    private List<Page.Link> links(String service, Optional<URI> management) {
        List<Page.Link> links = new ArrayList<>();
        settings.viewer().ifPresent(viewer -> {
            links.add(new Page.Link(
                    "Traces", viewer.resolve("/zipkin/?serviceName=" + service).toString()));
            links.add(new Page.Link(
                    "Logs", viewer.resolve("/logs?service=" + service).toString()));
        });
        management.filter(_ -> settings.isAllHere()).ifPresent(address -> {
            links.add(new Page.Link("Metrics", address.resolve("/metrics").toString()));
            links.add(new Page.Link("Health", address.resolve("/health/ready").toString()));
            links.add(new Page.Link("Wiring", address.resolve("/wiring").toString()));
        });
        return links;
    }

    private List<Page.Link> viewer() {
        return settings.viewer().stream()
                .flatMap(viewer -> Stream.of(
                        new Page.Link(
                                "Checkouts and their traces",
                                viewer.resolve("/").toString()),
                        new Page.Link(
                                "Dependencies", viewer.resolve("/dependencies").toString()),
                        new Page.Link("Logs", viewer.resolve("/logs").toString()),
                        new Page.Link("Metrics", viewer.resolve("/metrics").toString())))
                .toList();
    }
}
