package dev.hexmart.adapter.json;

import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import jakarta.json.JsonObject;

/** A message that could not be handled, as it is shown to who looks after them. */
public final class ParkedMessageJson {

    private ParkedMessageJson() {}

    public static JsonObject write(ParkedMessage message) {
        return Json.object()
                .add("id", message.id().toString())
                .add("type", message.type())
                .add("reason", message.reason())
                .add("at", message.at().toString())
                .add("body", message.body())
                .build();
    }
}
