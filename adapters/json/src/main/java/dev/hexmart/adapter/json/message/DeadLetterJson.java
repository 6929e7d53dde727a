package dev.hexmart.adapter.json.message;

import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A message that the broker gave up on. */
public final class DeadLetterJson {

    private DeadLetterJson() {}

    public static JsonObject write(DeadLetter letter) {
        JsonObjectBuilder object =
                Json.object().add("id", letter.id().toString()).add("type", letter.type());
        letter.queue().ifPresent(queue -> object.add("queue", queue));
        return object.add("reason", letter.reason())
                .add("at", letter.at().toString())
                .add("body", letter.body())
                .build();
    }
}
