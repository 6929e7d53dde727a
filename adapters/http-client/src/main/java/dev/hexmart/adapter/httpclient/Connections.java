package dev.hexmart.adapter.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/** How this module connects to services: HTTP/1.1, a second to connect, no redirect followed. */
final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    static {
        // Ours end first: a connection that the server is just closing for idleness must not be used again.
        if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
            System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        }
    }

    private Connections() {}

    static HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** Not {@link URI#resolve}: for a path that begins with two slashes that would be another host's. */
    static URI at(URI base, String pathAndQuery) {
        String prefix = base.toString();
        return URI.create((prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + pathAndQuery);
    }
}
