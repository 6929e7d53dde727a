package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that begin a request and do not go on with it. */
@ExtendWith(AttackedShop.Provider.class)
@Timeout(60)
class SlowClientsTest {

    private static final int FOR_EACH_SERVICE = 200;
    private static final int ROUNDS_MEANWHILE = 20;

    private final AttackedShop shop;

    SlowClientsTest(AttackedShop shop) {
        this.shop = shop;
    }

    @Test
    void slowClientsAreClosedAndDoNotAffectOthers() throws Exception {
        String token = shop.token("alice");
        Heap heap = new Heap();
        List<Socket> stalled = new ArrayList<>();
        try (LogAlarm alarm = LogAlarm.listen();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> ends = new ArrayList<>();
            for (String service : AttackedShop.SERVICES) {
                List<String> beginnings = beginnings(shop.doors().get(service), token);
                for (int i = 0; i < FOR_EACH_SERVICE; i++) {
                    Socket socket = Wire.connect(shop.service(service));
                    stalled.add(socket);
                    socket.getOutputStream()
                            .write(beginnings.get(i % beginnings.size()).getBytes(ISO_8859_1));
                    ends.add(readers.submit(() -> untilTheEnd(socket)));
                }
            }

            for (int round = 0; round < ROUNDS_MEANWHILE; round++) {
                for (String service : AttackedShop.SERVICES) {
                    assertThat(shop.ask(service, token)).as(service).isEqualTo(200);
                }
            }

            for (Future<String> end : ends) {
                assertThat(end.get()).doesNotContain("HTTP/1.1 2").doesNotContain("HTTP/1.1 5");
            }
            for (String service : AttackedShop.SERVICES) {
                assertThat(shop.ask(service, token)).as(service).isEqualTo(200);
            }
            assertThat(alarm.heard()).isEmpty();
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
        stalled.clear();
        heap.assertBackWhereItWas();
    }

    private static List<String> beginnings(String path, String token) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
                + "Idempotency-Key: slow\r\nAuthorization: Bearer " + token + "\r\n";
        return List.of(
                "P",
                "POST " + path + " HTT",
                "POST " + path + " HTTP/1.1\r\n",
                "POST " + path + " HTTP/1.1\r\nHost: shop\r\nX-Slow: a",
                head,
                head + "Content-Length: 1000\r\n\r\n",
                head + "Content-Length: 1000\r\n\r\n{\"lines\":",
                head + "Transfer-Encoding: chunked\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"li");
    }

    /** What the server still says; it fails where the server does not end the connection in time. */
    private static String untilTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }
}
