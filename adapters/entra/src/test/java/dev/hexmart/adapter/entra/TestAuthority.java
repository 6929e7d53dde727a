package dev.hexmart.adapter.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Publishes keys and gives tokens as an authority does, counts how often it is asked, and misbehaves on request. */
public final class TestAuthority implements AutoCloseable {

    public static final UUID TENANT = UUID.fromString("11111111-1111-1111-1111-111111111111");
    public static final UUID CLIENT = UUID.fromString("22222222-2222-2222-2222-222222222222");

    /** Made once: a key costs more than all the rest of a test. */
    static final RSAKey KEY = generate("the-key", 2048);

    static final RSAKey ANOTHER_KEY = generate("another-key", 2048);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger tokensAskedFor = new AtomicInteger();
    private final AtomicReference<Answer> tokenAnswer = new AtomicReference<>(new Answer(404, ""));
    private final AtomicReference<CountDownLatch> tokenGate = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicInteger metadataFetches = new AtomicInteger();
    private final AtomicReference<Answer> metadata;
    private final boolean external;

    public TestAuthority() {
        this(false);
    }

    /** A tenant of External ID, whose issuer has the tenant's id in the host. */
    public static TestAuthority external() {
        return new TestAuthority(true);
    }

    private TestAuthority(boolean external) {
        this.external = external;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/" + TENANT + "/discovery/v2.0/keys", this::keys);
        server.createContext("/" + TENANT + "/oauth2/v2.0/token", this::token);
        server.createContext("/" + TENANT + "/v2.0/.well-known/openid-configuration", this::metadata);
        metadata = new AtomicReference<>(new Answer(200, "{\"issuer\":\"%s\"}".formatted(issuer())));
        server.start();
        publish(KEY);
    }

    public static RSAKey generate(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(id)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public URI authority() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    EntraSettings settings() {
        return EntraSettings.of(authority(), TENANT, CLIENT);
    }

    public String issuer() {
        return external ? externalIssuer() : workforceIssuer();
    }

    public String workforceIssuer() {
        return authority() + "/" + TENANT + "/v2.0";
    }

    public String externalIssuer() {
        return "http://%s.%s/%s/v2.0".formatted(TENANT, authority().getAuthority(), TENANT);
    }

    public void publish(JWK... keys) {
        answer(200, new JWKSet(List.of(keys)).toString());
    }

    public void answer(int newStatus, String body) {
        status.set(newStatus);
        answer.set(body);
    }

    /** Lets every answer wait for the gate. */
    public void waitFor(CountDownLatch newGate) {
        gate.set(newGate);
    }

    public int fetches() {
        return fetches.get();
    }

    /** What it answers to the question for its metadata. */
    public void answerMetadata(int newStatus, String body) {
        metadata.set(new Answer(newStatus, body));
    }

    public int metadataFetches() {
        return metadataFetches.get();
    }

    /** The answer to requests for tokens. */
    public void answerTokens(int newStatus, String body) {
        tokenAnswer.set(new Answer(newStatus, body));
    }

    /** Lets every answer of the token endpoint wait for the gate. */
    public void letTokensWaitFor(CountDownLatch newGate) {
        tokenGate.set(newGate);
    }

    public int tokensAskedFor() {
        return tokensAskedFor.get();
    }

    private void token(HttpExchange exchange) throws IOException {
        tokensAskedFor.incrementAndGet();
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        answer(exchange, tokenGate.get(), tokenAnswer.get());
    }

    private void metadata(HttpExchange exchange) throws IOException {
        metadataFetches.incrementAndGet();
        answer(exchange, new CountDownLatch(0), metadata.get());
    }

    private void keys(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        answer(exchange, gate.get(), new Answer(status.get(), answer.get()));
    }

    private static void answer(HttpExchange exchange, CountDownLatch gate, Answer answer) throws IOException {
        try (exchange) {
            gate.await();
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        gate.get().countDown();
        tokenGate.get().countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String body) {}
}
