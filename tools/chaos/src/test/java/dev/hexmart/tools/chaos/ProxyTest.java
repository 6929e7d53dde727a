package dev.hexmart.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that echoes each byte, behind the proxy. */
class ProxyTest {

    private ServerSocket server;
    private Proxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = new Proxy(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytesPassBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
        }
    }

    @Test
    void latencyDelaysEachWay() throws IOException {
        try (Socket client = connect()) {
            proxy.breakBy(Fault.LATENCY);
            long began = System.nanoTime();

            assertThat(echo(client)).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void resetEndsOldAndNewConnections() throws IOException {
        try (Socket old = connect()) {
            assertThat(echo(old)).isEqualTo(7);
            proxy.breakBy(Fault.RESET);

            assertThatThrownBy(() -> echo(old)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> echo(connect())).isInstanceOf(SocketException.class);
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
        }
    }

    @Test
    void blackHoleHoldsBytesUntilItIsHealed() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            proxy.breakBy(Fault.BLACK_HOLE);
            client.setSoTimeout(300);

            assertThatThrownBy(() -> echo(client)).isInstanceOf(SocketTimeoutException.class);

            client.setSoTimeout(10_000);
            proxy.heal();
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void slowCloseGivesNoAnswerAndThenTheEnd() throws IOException {
        try (Socket client = connect()) {
            proxy.breakBy(Fault.SLOW_CLOSE);
            long began = System.nanoTime();

            assertThat(echo(client)).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int echo(Socket client) throws IOException {
        client.getOutputStream().write(7);
        return client.getInputStream().read();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException _) {
                        // the test has closed it
                    }
                });
            } catch (IOException _) {
                // closed
            }
        }
    }
}
