package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.identity.Credential;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Parked messages and dead letters, read from the services. */
public final class ParkedReader {

    private static final int MANY = 50;

    private final ServiceClient service;
    private final String path;

    private ParkedReader(ServiceClient service, String path) {
        this.service = service;
        this.path = path;
    }

    /** The service's parked messages. */
    public static ParkedReader parked(ServiceClient service) {
        return new ParkedReader(service, "/messages/parked");
    }

    /** Dead letters, read from the orders service. */
    public static ParkedReader dead(ServiceClient orders) {
        return new ParkedReader(orders, "/messages/dead");
    }

    /** A message that waits for a person. @param body as it was received */
    public record Parked(UUID id, String type, String reason, Instant at, String body) {}

    /** The oldest first; there may be more than these. */
    public List<Parked> list(Credential credential) {
        return service.get(path + "?limit=" + MANY, credential).ok(list -> list.list(ParkedReader::parked));
    }

    /** Resends a message. Repeated requests have one effect: the service's inbox recognizes it. */
    public Outcome resend(UUID id, Credential credential) {
        Answer answer = service.post(path + "/" + id + "/resend", Json.object().build(), id.toString(), credential);
        if (answer.isNotFound()) {
            return new Outcome.NotFound();
        }
        return switch (answer.status()) {
            case 204 -> new Outcome.Handled();
            case 409 -> new Outcome.FailedAgain(answer.read(Problem::detail));
            default -> throw answer.unexpected();
        };
    }

    public sealed interface Outcome {

        record Handled() implements Outcome {}

        record FailedAgain(String why) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    private static Parked parked(JsonInput input) {
        var members = input.members();
        var id = members.required("id", value -> UUID.fromString(value.text()));
        var type = members.required("type", JsonInput::text);
        var reason = members.required("reason", JsonInput::text);
        var queue = members.optional("queue", JsonInput::text);
        var at = members.required("at", OrderReader::time);
        var body = members.required("body", JsonInput::text);
        return members.build(() -> new Parked(
                id.get(),
                type.get(),
                queue.map(name -> "%s, in the queue %s".formatted(reason.get(), name))
                        .orElseGet(reason),
                at.get(),
                body.get()));
    }
}
