package dev.hexmart.tools.load.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** What came back. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

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
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Math.max(1, Long.parseLong(text))))
                .filter(pause -> pause.compareTo(LONGEST_PAUSE) < 0)
                .orElse(headers.firstValue("Retry-After").isPresent() ? LONGEST_PAUSE : Duration.ofSeconds(1));
    }

    /** In a few words, for people. */
    public String summary() {
        return isProblem() ? status + " " + object().getString("detail", code()) : Integer.toString(status);
    }

    private String code() {
        return isProblem() ? object().getString("code", object().getString("type", "")) : "";
    }

    private boolean isProblem() {
        Optional<String> type = headers.firstValue("Content-Type");
        return type.filter(value -> value.startsWith("application/problem+json"))
                .isPresent();
    }
}
