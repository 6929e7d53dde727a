package dev.hexmart.tools.bench;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Helidon with one route that answers with a file: as fast as a route on this server can be. */
public final class StaticAnswer {

    private StaticAnswer() {}

    /** @param arguments the port, and the file */
    public static void main(String[] arguments) throws IOException {
        byte[] body = Files.readAllBytes(Path.of(arguments[1]));
        WebServer.builder()
                // Without it an answer on a kept connection waits 40 ms for the client's acknowledgement.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .address(InetAddress.getLoopbackAddress())
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.get(
                        "/products",
                        (_, response) -> response.header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send(body)))
                .build()
                .start();
    }
}
