package dev.hexmart.adapter.storefront;

import java.util.List;

/**
 * A service as one looks at it from inside.
 *
 * @param purpose what it is there for, in a sentence
 * @param links to what it says about itself elsewhere
 */
public record ServiceView(
        String name,
        String purpose,
        Health health,
        List<Driver> drivers,
        List<String> useCases,
        List<Port> ports,
        List<Page.Link> links) {

    /** A driver of use cases. @param place its adapter, by the package */
    public record Driver(String name, String place, List<String> routes, List<String> useCases) {

        public String kind() {
            String technology = technology(place);
            return switch (routes.size()) {
                case 0 -> technology;
                case 1 -> technology + " · 1 route";
                default -> technology + " · " + routes.size() + " routes";
            };
        }
    }

    /** A driven port, and the adapter behind it. */
    public record Port(String name, String adapter, String place) {
        public String kind() {
            return technology(place);
        }
    }

    /** Its health. @param missing the failed checks */
    public record Health(State state, List<String> missing) {

        /** What is known of a service. */
        public enum State {
            READY,
            NOT_READY,
            SILENT
        }

        public String words() {
            return switch (state) {
                case READY -> "Ready";
                case NOT_READY -> "Not ready: " + String.join(", ", missing);
                case SILENT -> "Does not answer";
            };
        }

        public String tone() {
            return switch (state) {
                case READY -> "good";
                case NOT_READY -> "busy";
                case SILENT -> "bad";
            };
        }
    }

    /** Whether it has ever told what it is made of. */
    public boolean isKnown() {
        return !drivers.isEmpty() || !ports.isEmpty();
    }

    public Drawing drawing() {
        return Drawing.of(this);
    }

    private static String technology(String place) {
        return switch (place) {
            case "entra" -> "Entra ID";
            case "http" -> "HTTP";
            case "httpclient" -> "HTTP, to another service";
            case "paymentsandbox" -> "Payment sandbox";
            case "postgres" -> "PostgreSQL";
            case "rabbitmq" -> "RabbitMQ";
            case "redis" -> "Redis";
            case "clock" -> "By the clock";
            case "web" -> "Web";
            default -> "In this service";
        };
    }
}
