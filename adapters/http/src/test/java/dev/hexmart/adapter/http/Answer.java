package dev.hexmart.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.util.List;

/** What a service answered. */
public record Answer(int status, HttpHeaders headers, String text) {

    public JsonObject json() {
        return parsed().asJsonObject();
    }

    public JsonArray array() {
        return parsed().asJsonArray();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The pointers and parameters that a problem names. */
    public List<String> faults() {
        return json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .map(fault -> fault.getString("pointer", fault.getString("parameter", "")))
                .toList();
    }

    public List<String> strings(String member) {
        return array().getValuesAs(JsonObject.class).stream()
                .map(object -> object.getString(member))
                .toList();
    }

    public Answer hasStatus(int expected) {
        assertThat(status).as(text).isEqualTo(expected);
        return this;
    }

    /** Holds every problem to what all of them have to have. */
    public Answer isProblem(int expected, String code) {
        hasStatus(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = json();
        assertThat(problem.getInt("status")).isEqualTo(expected);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("type")).isEqualTo("urn:hexmart:problem:" + code);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("instance")).isNotNull();
        assertThat(text).doesNotContain("Exception", "dev.hexmart", "io.helidon", "java.", "\tat ");
        assertThat(headers.map()).doesNotContainKeys("server", "Server");
        return this;
    }

    private JsonValue parsed() {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
