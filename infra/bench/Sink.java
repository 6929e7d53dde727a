import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Collectors for the benchmark: one that takes everything and keeps nothing, and one that takes a connection and says no word. */
final class Sink {

    /** The ports of the one and of the other. */
    public static void main(String[] ports) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(ports[0])), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        List<Socket> held = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(Integer.parseInt(ports[1]))) {
            while (true) {
                held.add(silent.accept());
            }
        }
    }
}
