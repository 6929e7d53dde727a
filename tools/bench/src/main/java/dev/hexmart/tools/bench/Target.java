package dev.hexmart.tools.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An implementation that is measured. */
public interface Target {

    /** The name of what this checkout has built. */
    String OWN = "hexmart";

    List<String> SERVICES = List.of("products", "cart", "orders", "payments", "gateway");

    String name();

    Optional<URI> service(String name);

    /** Where its shoppers sign in. */
    URI identity();

    /** Process by service and part, as far as it runs on this machine and can be seen. */
    Map<String, Long> processes();

    /** Services that run already. */
    record Elsewhere(Against.Running given, URI identity, Map<String, Long> processes) implements Target {

        static Elsewhere of(Against.Running given, URI otherwise, Optional<Proc> proc) {
            Map<String, Long> processes = new HashMap<>();
            given.services().forEach((service, address) -> {
                if (Parts.isHere(address)) {
                    proc.flatMap(it -> it.listener(address.getPort()))
                            .ifPresent(process -> processes.putIfAbsent(service, process));
                }
            });
            given.stores()
                    .forEach((part, port) ->
                            proc.flatMap(it -> it.listener(port)).ifPresent(process -> processes.put(part, process)));
            return new Elsewhere(given, given.identity().orElse(otherwise), distinct(processes));
        }

        /** One process that is several services is counted once. */
        private static Map<String, Long> distinct(Map<String, Long> processes) {
            Map<String, Long> distinct = new HashMap<>();
            processes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(entry -> !distinct.containsValue(entry.getValue()))
                    .forEach(entry -> distinct.put(entry.getKey(), entry.getValue()));
            return distinct;
        }

        @Override
        public String name() {
            return given.name();
        }

        @Override
        public Optional<URI> service(String name) {
            return Optional.ofNullable(given.services().get(name));
        }
    }
}
