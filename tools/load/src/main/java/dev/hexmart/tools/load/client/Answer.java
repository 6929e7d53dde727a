package dev.hexmart.tools.load.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What came back. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final int LONGEST_PAUSE_SECONDS = 60;

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /**
     * Returns this answer if it has the status.
     *
     * @throws UnexpectedAnswer if not
     */
    public Answer expect(int expected, String request) {
        if (status != expected) {
            throw new UnexpectedAnswer(request, this);
        }
        return this;
    }

    public JsonObject object() {
        return json().asJsonObject();
    }

    public JsonArray array() {
        return json().asJsonArray();
    }

    private JsonValue json() {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw new IllegalStateException("The response is not JSON: " + body, e);
        }
    }

    /** Said on purpose to whom it cannot serve now: too many requests, or a problem document that asks to come later. */
    public boolean isRefusal() {
        return status == 429 || (status == 503 && isProblem());
    }

    public boolean isServerError() {
        return status >= 500 && !isRefusal();
    }

    public boolean isInFlight() {
        return status == 409 && code().equals("request-in-flight");
    }

    public boolean isShortage() {
        return status == 409 && code().equals("not-enough-stock");
    }

    /** For how long one is asked to wait, a second where it is not said. */
    public Duration pause() {
        String seconds = headers.firstValue("Retry-After").orElse("1");
        return seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.clamp(Long.parseLong(seconds), 1, LONGEST_PAUSE_SECONDS))
                : Duration.ofSeconds(LONGEST_PAUSE_SECONDS);
    }

    /** In a few words, for people. */
    public String summary() {
        return isProblem() ? status + " " + object().getString("detail", code()) : Integer.toString(status);
    }

    private String code() {
        return isProblem() ? object().getString("code", object().getString("type", "")) : "";
    }

    private boolean isProblem() {
        return headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json");
    }
}
