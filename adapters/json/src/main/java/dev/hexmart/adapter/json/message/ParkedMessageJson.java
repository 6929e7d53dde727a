package dev.hexmart.adapter.json.message;

import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import jakarta.json.JsonObject;

/** A parked message, as the API shows it. */
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
