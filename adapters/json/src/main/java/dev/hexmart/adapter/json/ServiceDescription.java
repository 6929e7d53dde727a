package dev.hexmart.adapter.json;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a service consists of: its drivers, its use cases, and its driven ports with the adapter behind each.
 *
 * <p>Served as JSON at {@code /wiring} on the management listener.
 */
public record ServiceDescription(List<Driver> drivers, List<String> useCases, List<Port> ports) {

    public ServiceDescription {
        drivers = List.copyOf(drivers);
        useCases = List.copyOf(useCases);
        ports = List.copyOf(ports);
    }

    /**
     * What drives use cases, or serves routes without any.
     *
     * @param place the technology that it is driven by, such as {@code http}
     * @param routes that it serves, such as {@code GET /orders}
     */
    public record Driver(String name, String place, List<String> routes, List<String> useCases) {
        public Driver {
            routes = List.copyOf(routes);
            useCases = List.copyOf(useCases);
        }
    }

    /** A driven port. @param place the adapter's technology, such as {@code postgres} */
    public record Port(String name, String adapter, String place) {}

    public JsonObject json() {
        return Json.object()
                .add("drivers", Json.array(drivers, ServiceDescription::json))
                .add("useCases", Json.array(useCases, Json::text))
                .add("ports", Json.array(ports, ServiceDescription::json))
                .build();
    }

    public static ServiceDescription read(JsonInput input) {
        var members = input.members();
        var drivers = members.required("drivers", list -> list.list(ServiceDescription::driver));
        var useCases = members.required("useCases", list -> list.list(JsonInput::text));
        var ports = members.required("ports", list -> list.list(ServiceDescription::port));
        return members.build(() -> new ServiceDescription(drivers.get(), useCases.get(), ports.get()));
    }

    private static JsonObject json(Driver driver) {
        return Json.object()
                .add("name", driver.name())
                .add("place", driver.place())
                .add("routes", Json.array(driver.routes(), Json::text))
                .add("useCases", Json.array(driver.useCases(), Json::text))
                .build();
    }

    private static JsonObject json(Port port) {
        return Json.object()
                .add("name", port.name())
                .add("adapter", port.adapter())
                .add("place", port.place())
                .build();
    }

    private static Driver driver(JsonInput input) {
        var members = input.members();
        var name = members.required("name", JsonInput::text);
        var place = members.required("place", JsonInput::text);
        var routes = members.required("routes", list -> list.list(JsonInput::text));
        var useCases = members.required("useCases", list -> list.list(JsonInput::text));
        return members.build(() -> new Driver(name.get(), place.get(), routes.get(), useCases.get()));
    }

    private static Port port(JsonInput input) {
        var members = input.members();
        var name = members.required("name", JsonInput::text);
        var adapter = members.required("adapter", JsonInput::text);
        var place = members.required("place", JsonInput::text);
        return members.build(() -> new Port(name.get(), adapter.get(), place.get()));
    }
}
