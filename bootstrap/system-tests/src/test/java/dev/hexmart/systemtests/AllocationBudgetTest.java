package dev.hexmart.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Budgets for the memory that a request allocates, in all services that it passes and with telemetry on.
 *
 * <p>Allocations stand for CPU time: they are the same on a fast and on a slow machine. What the process allocates without requests
 * is measured first and subtracted. A budget is some twice what was measured when it was set. Where a change needs more on purpose, raise it; docs/performance.md has the CPU time per request.
 */
@ExtendWith(SharedShop.Open.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllocationBudgetTest {

    private static final int ROUNDS = 12;
    private static final int REQUESTS = 90; // as many pieces fit into a line of a cart, and some
    private static final int KILOBYTE = 1024;
    private static final Duration IDLE = Duration.ofMillis(500);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] received = new byte[64 * KILOBYTE];
    private SharedShop shared;
    private String product;

    @BeforeAll
    void offerAProduct(SharedShop shared) {
        this.shared = shared;
        product = shared.product("Budget", 100, 10);
        shared.forgetAllowances();
    }

    @Test
    void pageOfProductsStaysWithinItsBudget() throws IOException {
        assertWithinBudget(90, "products", "GET", "/products?limit=20", "");
    }

    @Test
    void productStaysWithinItsBudget() throws IOException {
        assertWithinBudget(42, "products", "GET", "/products/" + product, "");
    }

    @Test
    void pageOfProductsThroughTheGatewayStaysWithinItsBudget() throws IOException {
        assertWithinBudget(340, "gateway", "GET", "/products?limit=20", "");
    }

    @Test
    void cartStaysWithinItsBudget() throws IOException {
        shared.shop().as("bob").delete("/cart"); // of what other tests have left in it
        shared.shop().as("bob").post("/cart/add", "{\"productId\":\"" + product + "\"}");
        assertWithinBudget(68, "cart", "GET", "/cart", "");
    }

    @Test
    void additionToACartStaysWithinItsBudget() throws IOException {
        assertWithinBudget(140, "cart", "POST", "/cart/add", "{\"productId\":\"" + product + "\"}");
    }

    /** @param budget in KiB per request; the round that allocates least counts, since other work of the process adds to it */
    private void assertWithinBudget(int budget, String service, String method, String path, String body)
            throws IOException {
        byte[] request = """
                %s %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(method, path, shared.shop().token("bob"), body.length(), body)
                .getBytes(ISO_8859_1);
        URI address = shared.service(service).address();
        double idle = idle();
        long least = Long.MAX_VALUE;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            for (int round = 0; round < ROUNDS; round++) {
                if (method.equals("POST")) {
                    shared.shop().as("bob").delete("/cart");
                }
                long start = System.nanoTime();
                long before = threads.getTotalThreadAllocatedBytes();
                for (int i = 0; i < REQUESTS; i++) {
                    socket.getOutputStream().write(request);
                    readAnswer(socket.getInputStream());
                }
                long allocated = threads.getTotalThreadAllocatedBytes() - before;
                long others = (long) (idle * (System.nanoTime() - start));
                least = Math.min(least, (allocated - others) / REQUESTS);
            }
        }
        System.out.printf("%s %s %s allocates %d bytes%n", service, method, path, least);
        assertThat(least / KILOBYTE)
                .as("KiB that %s %s allocates", method, path)
                .isLessThanOrEqualTo(budget);
    }

    /** @return what the process allocates without requests, in bytes per nanosecond */
    private double idle() {
        long start = System.nanoTime();
        long before = threads.getTotalThreadAllocatedBytes();
        await().pollDelay(IDLE).until(() -> true);
        return (double) (threads.getTotalThreadAllocatedBytes() - before) / (System.nanoTime() - start);
    }

    /** Reads a status 200 with a Content-Length. */
    private void readAnswer(InputStream in) throws IOException {
        int length = 0;
        int end = -1;
        while (end < 0 || length < end) {
            int read = in.read(received, length, received.length - length);
            assertThat(read).isPositive();
            length += read;
            end = end < 0 ? end(length) : end;
        }
        assertThat(received[9]).isEqualTo((byte) '2');
    }

    /** @return where the answer ends; negative while its head is incomplete */
    private int end(int length) {
        for (int i = 3; i < length; i++) {
            if (received[i] == '\n' && received[i - 1] == '\r' && received[i - 2] == '\n') {
                String head = new String(received, 0, i, ISO_8859_1).toLowerCase(Locale.ROOT);
                int at = head.indexOf("content-length: ") + "content-length: ".length();
                return i + 1 + Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
            }
        }
        return -1;
    }
}
