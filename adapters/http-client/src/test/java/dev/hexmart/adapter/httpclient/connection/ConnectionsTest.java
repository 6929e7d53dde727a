package dev.hexmart.adapter.httpclient.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionsTest {

    /** Longer than any test should take. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final byte[] NOTHING = {};
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static Connections to(RawService service) {
        return new Connections(service.address(), LONG, CallObserver.NONE);
    }

    private static Response send(Connections connections, String method) throws IOException {
        return connections.send(connections.request(method, "/things", NOTHING), false, false);
    }

    private static String text(Response response) {
        return new String(response.bytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | HTTP/1.1 200 OK~Content-Length: 5~~hello | hello",
                "GET | HTTP/1.1 200~content-length:5~~hello | hello",
                "GET | HTTP/1.1 200 ~Content-Length: 5~Content-Length: 5~~hello | hello",
                "GET | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~~ | hello",
                "GET | HTTP/1.1 200 OK~Transfer-Encoding: Chunked~~2;a=b~he~00003 ~llo~0;last~Trailer: x~~ | hello",
                "GET | HTTP/1.1 204 No Content~~ | ''",
                "GET | HTTP/1.1 304 Not Modified~Content-Length: 1000~~ | ''",
                "HEAD | HTTP/1.1 200 OK~Content-Length: 1000~~ | ''",
                "HEAD | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ | ''",
                "GET | HTTP/1.1 100 Continue~~HTTP/1.1 103 Early Hints~Link: x~~HTTP/1.1 200 OK~Content-Length:"
                        + " 5~~hello | hello",
            })
    void anAnswerEndsWhereItSaysAndTheConnectionIsUsedAgain(String method, String answer, String body)
            throws IOException {
        try (var service = RawService.saying(answer.replace("~", "\r\n"));
                var connections = to(service)) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(send(connections, method))).isEqualTo(body);
            }
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK~Connection: close~Content-Length: 5~~hello",
                "HTTP/1.1 200 OK~Connection: keep-alive, Close~Content-Length: 5~~hello",
                "HTTP/1.0 200 OK~Content-Length: 5~~hello"
            })
    void aConnectionThatIsToEndWithTheAnswerIsNotUsedAgain(String answer) throws IOException {
        try (var service = RawService.saying(answer.replace("~", "\r\n"));
                var connections = to(service)) {
            assertThat(text(send(connections, "GET"))).isEqualTo("hello");
            assertThat(text(send(connections, "GET"))).isEqualTo("hello");
            assertThat(service.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerWithoutLengthEndsWithItsConnection() throws IOException {
        try (var service = RawService.breakingOffAfter("HTTP/1.1 200 OK\r\n\r\nhello");
                var connections = to(service)) {
            assertThat(text(send(connections, "GET"))).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 mail.example ESMTP~~",
                "HTTP/2 200 OK~~",
                "HTTP/1.1 20 OK~~",
                "HTTP/1.1 2000 OK~~",
                "HTTP/1.1 099 OK~~",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 O\u0000K~~",
                "HTTP/1.1 200 OK~ folded: x~~",
                "HTTP/1.1 200 OK~no colon~~",
                "HTTP/1.1 200 OK~: x~~",
                "HTTP/1.1 200 OK~name : x~~",
                "HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 6~~hello",
                "HTTP/1.1 200 OK~Content-Length: 5, 6~~hello",
                "HTTP/1.1 200 OK~Content-Length: -5~~hello",
                "HTTP/1.1 200 OK~Content-Length: +5~~hello",
                "HTTP/1.1 200 OK~Content-Length: 0x5~~hello",
                "HTTP/1.1 200 OK~Content-Length:~~hello",
                "HTTP/1.1 200 OK~Content-Length: 9999999999999999999~~hello",
                "HTTP/1.1 200 OK~Content-Length: 33554433~~hello",
                "HTTP/1.1 200 OK~Content-Length: 5~Transfer-Encoding: chunked~~5~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip~~hello",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~5~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~five~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-5~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~+5~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffffffff~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ffffffffffffffff~hello~0~~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~hello~0~~",
                "HTTP/1.1 200 OK~Content-Length: 2~~okHTTP/1.1 200 OK~Content-Length: 4~~evil",
                "HTTP/1.1 204 No Content~Content-Length: 5~~hello",
                "HTTP/1.1 101 Switching Protocols~Upgrade: h2c~~"
            })
    void anAnswerThatIsNotCertainIsRefusedAndItsConnectionClosed(String answer) {
        try (var service = RawService.saying(answer.replace("~", "\r\n"));
                var connections = to(service)) {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(ProtocolException.class);
                assertThat(service.connections()).isEqualTo(i);
            }
        }
    }

    @Test
    void aHeadThatHasNoEndIsRefused() {
        for (String head : List.of("X: " + "x".repeat(10_000), "X: y\r\n".repeat(101))) {
            try (var service = RawService.saying("HTTP/1.1 200 OK\r\n" + head);
                    var connections = to(service)) {
                assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(ProtocolException.class);
            }
        }
        try (var service = RawService.saying("HTTP/1.1 100 Continue\r\n\r\n".repeat(10));
                var connections = to(service)) {
            assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(ProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK~",
                "HTTP/1.1 200 OK~Content-Length: 5~~hell",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hell",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~"
            })
    void anAnswerThatBreaksOffIsNone(String answer) {
        try (var service = RawService.breakingOffAfter(answer.replace("~", "\r\n"));
                var connections = to(service)) {
            assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void anAnswerInSmallPiecesIsTheSame() throws IOException {
        try (var service = new RawService((_, connection) -> {
                    String answer = "HTTP/1.1 200 OK\r\n"
                            + "ETag: \"1\"\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "3\r\n"
                            + "hel\r\n"
                            + "2\r\n"
                            + "lo\r\n"
                            + "0\r\n\r\n";
                    for (String piece : answer.split("")) {
                        RawService.send(connection, piece);
                    }
                });
                var connections = to(service)) {
            for (int i = 0; i < 2; i++) {
                Response response = send(connections, "GET");
                assertThat(text(response)).isEqualTo("hello");
                assertThat(response.headers().first("etag")).contains("\"1\"");
            }
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void aLongAnswerIsReadToItsEnd() throws IOException {
        String body = "0123456789".repeat(100_000);
        try (var service = RawService.saying("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body);
                var connections = to(service)) {
            assertThat(text(send(connections, "GET"))).isEqualTo(body);
            assertThat(text(send(connections, "GET"))).isEqualTo(body);
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void unrepeatableRequestIsNotSentOnAClosedConnection() throws Exception {
        var closed = new CountDownLatch(1);
        try (var service = new RawService((_, connection) -> {
                    RawService.send(connection, OK);
                    connection.close();
                    closed.countDown();
                });
                var connections = to(service)) {
            assertThat(text(send(connections, "POST"))).isEqualTo("ok");
            closed.await();
            assertThat(text(send(connections, "POST"))).isEqualTo("ok");
            assertThat(service.requests()).isEqualTo(2);
        }
    }

    @Test
    void unsolicitedBytesAreNotAResponse() throws Exception {
        try (var service = RawService.saying(OK);
                var connections = to(service)) {
            send(connections, "GET");
            RawService.send(service.open().getFirst(), OK.replace("ok", "ko"));
            assertThat(text(send(connections, "GET"))).isEqualTo("ok");
            assertThat(service.connections()).isEqualTo(2);
        }
    }

    @Test
    void theTimeForAnAnswerIsForAllOfIt() {
        try (var service = new RawService((_, connection) -> {
                    RawService.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n");
                    while (true) {
                        RawService.send(connection, "x");
                    }
                });
                var connections = new Connections(service.address(), Duration.ofMillis(300), CallObserver.NONE)) {
            assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(SocketTimeoutException.class);
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    @Test
    void eventsHaveTheirConnectionForThemselvesAndCloseIt() throws IOException {
        try (var service = RawService.saying("HTTP/1.1 200 OK\r\n"
                        + "Content-Type: text/event-stream\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "4\r\n"
                        + "hey\n\r\n");
                var connections = to(service)) {
            Response response = connections.send(connections.request("GET", "/events", NOTHING), true, true);
            try (InputStream events = ((Content.Events) response.content()).in()) {
                assertThat(events.readNBytes(4)).isEqualTo("hey\n".getBytes(UTF_8));
                connections.send(connections.request("GET", "/events", NOTHING), true, true);
                assertThat(service.connections()).isEqualTo(2);
            }
            await().until(() -> service.open().size() == 1);
        }
    }

    @Test
    void closingEventsEndsTheirReader() throws Exception {
        try (var service = RawService.saying(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                var connections = to(service);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Response response = connections.send(connections.request("GET", "/events", NOTHING), true, true);
            InputStream events = ((Content.Events) response.content()).in();
            Future<Integer> read = threads.submit(() -> events.read());
            events.close();
            assertThatThrownBy(read::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void manyAtOnceGetTheirOwnAnswers() throws Exception {
        try (var service = new RawService((head, connection) -> {
                    String path = head.split(" ")[1];
                    RawService.send(
                            connection, "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                });
                var connections = to(service);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 300)
                    .mapToObj(i -> threads.submit(
                            () -> text(connections.send(connections.request("GET", "/" + i, NOTHING), false, false))))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("/" + i);
            }
            await().until(() -> service.open().size() <= 64);
        }
    }

    @Test
    void closedPoolKeepsNoConnection() throws IOException {
        try (var service = RawService.saying(OK);
                var connections = to(service)) {
            send(connections, "GET");
            connections.close();
            await().until(() -> service.open().isEmpty());
            send(connections, "GET");
            await().until(() -> service.open().isEmpty());
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaidToBe() {
        try (var connections = new Connections(URI.create("http://unknown.invalid"), LONG, CallObserver.NONE)) {
            assertThatThrownBy(() -> send(connections, "GET")).isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void aServiceIsTrustedByItsCertificateForItsName(@TempDir Path folder) throws Exception {
        SSLContext tls = certified(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes(UTF_8));
            }
        });
        server.start();
        String port = ":" + server.getAddress().getPort();
        try (var right = new Connections(
                        URI.create("https://localhost" + port), LONG, CallObserver.NONE, Optional.of(tls));
                var wrongName = new Connections(
                        URI.create("https://127.0.0.1" + port), LONG, CallObserver.NONE, Optional.of(tls));
                var stranger = new Connections(URI.create("https://localhost" + port), LONG, CallObserver.NONE)) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(send(right, "GET"))).isEqualTo("ok");
            }
            assertThatThrownBy(() -> send(wrongName, "GET")).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> send(stranger, "GET")).isInstanceOf(SSLException.class);
            assertThatCode(() -> send(right, "GET")).doesNotThrowAnyException();
        } finally {
            server.stop(0);
        }
    }

    /** A certificate for localhost, and trust in it. */
    private static SSLContext certified(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "stub", "-keyalg", "EC", "-storetype", "PKCS12"));
        command.addAll(List.of("-dname", "CN=stub", "-ext", "SAN=dns:localhost"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return tls;
    }
}
