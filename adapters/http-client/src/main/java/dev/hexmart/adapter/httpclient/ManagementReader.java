package dev.hexmart.adapter.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.httpclient.connection.Connections;
import dev.hexmart.adapter.httpclient.connection.Request;
import dev.hexmart.adapter.json.Form;
import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a service tells those who look after it, on its management listener; nothing where it does not answer as expected. */
public final class ManagementReader implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final Connections connections;

    public ManagementReader(URI management, Duration patience) {
        this.connections = new Connections(management, patience, CallObserver.NONE);
    }

    /** The readiness of a service. @param missing the failed checks */
    public record Readiness(boolean ready, List<String> missing) {}

    public Optional<Readiness> readiness() {
        return read("/health/ready", ManagementReader::readiness);
    }

    public <T> Optional<T> wiring(Form<T> form) {
        return read("/wiring", form);
    }

    @Override
    public void close() {
        connections.close();
    }

    private <T> Optional<T> read(String path, Form<T> form) {
        Request request = connections.request("GET", path, NOTHING);
        try {
            byte[] body = connections.send(request, true, false).bytes();
            return Optional.of(JsonInput.parse(new String(body, UTF_8)).as(form));
        } catch (IOException | MalformedJson | InvalidBody _) {
            return Optional.empty();
        }
    }

    private static Readiness readiness(JsonInput input) {
        var members = input.members();
        var up = members.required("status", ManagementReader::isUp);
        var checks = members.required("checks", list -> list.list(ManagementReader::check));
        return members.build(() -> new Readiness(
                up.get(),
                checks.get().stream()
                        .filter(check -> !check.up())
                        .map(Check::name)
                        .toList()));
    }

    private record Check(String name, boolean up) {}

    private static Check check(JsonInput input) {
        var members = input.members();
        var name = members.required("name", JsonInput::text);
        var up = members.required("status", ManagementReader::isUp);
        return members.build(() -> new Check(name.get(), up.get()));
    }

    private static boolean isUp(JsonInput input) {
        return input.text().equals("UP");
    }
}
