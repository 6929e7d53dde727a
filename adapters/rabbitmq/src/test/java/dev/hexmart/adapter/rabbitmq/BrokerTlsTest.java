package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BrokerTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void untrustedBrokerNeverGetsThePassword() throws Exception {
        try (SSLServerSocket server = serverWithACertificateOfItsOwnMaking()) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> firstByteFrom(server));
            String url = "amqps://alice:t0p-secret@localhost:" + server.getLocalPort();
            assertThatThrownBy(() -> Broker.connect(BrokerSettings.parse(url, "test")))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("certificate")
                    .hasMessageContaining("AMQP_URL")
                    .hasMessageNotContaining("t0p-secret");
            assertThat(read.join()).isNegative();
        }
    }

    private static int firstByteFrom(SSLServerSocket server) {
        try (var client = server.accept()) {
            return client.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    private SSLServerSocket serverWithACertificateOfItsOwnMaking() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
