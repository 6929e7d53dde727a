package dev.hexmart.adapter.json;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Who is signed in. */
public final class CallerJson {

    private CallerJson() {}

    public static JsonObject write(Caller caller) {
        JsonObjectBuilder json = Json.object();
        switch (caller) {
            case Caller.Person person ->
                json.add("userId", person.id().toString()).add("name", person.displayName());
            case Caller.Service service -> json.add("clientId", service.clientId());
        }
        List<String> roles =
                caller.roles().stream().map(Role::published).sorted().toList();
        return json.add("roles", Json.array(roles, Json::text)).build();
    }
}
