package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import dev.hexmart.application.failure.PermanentFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Where the broker is and who we are to it.
 *
 * @param nodes one, or several of one cluster, each as good as the others
 * @param connectionName under which the broker shows our connections, such as the service's name
 */
public record BrokerSettings(
        List<Address> nodes, boolean tls, String user, String password, String virtualHost, String connectionName) {

    private static final String FORM =
            "amqp://user:password@host:5672/virtual-host, amqps:// for TLS, and several hosts of a cluster with commas between";
    private static final Pattern HOSTS = Pattern.compile("([^/]*//(?:[^/]*@)?)([^/]*)((?:/[^/]*)?)");
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /**
     * Reads an AMQP URI; without a virtual host it is {@code /}, without a user {@code guest}.
     *
     * @param amqpUrl the value of {@code AMQP_URL}
     * @throws PermanentFailure when it is none; the message names the variable and repeats nothing of its value
     */
    public static BrokerSettings parse(String amqpUrl, String connectionName) {
        Matcher parts = HOSTS.matcher(amqpUrl);
        List<URI> nodes = parts.matches()
                ? Stream.of(parts.group(2).split(",", -1))
                        .map(host -> uri(parts.group(1) + host + parts.group(3)))
                        .toList()
                : List.of(uri(amqpUrl));
        URI uri = nodes.getFirst();
        boolean tls = "amqps".equals(uri.getScheme());
        if (!tls && !"amqp".equals(uri.getScheme())) {
            throw new PermanentFailure("AMQP_URL does not begin with amqp:// or amqps://; write " + FORM);
        }
        List<Address> addresses = nodes.stream().map(node -> address(node, tls)).toList();
        String[] credentials =
                Optional.ofNullable(uri.getRawUserInfo()).orElse("guest:guest").split(":", 2);
        if (credentials.length < 2) {
            throw new PermanentFailure("AMQP_URL names a user, but no password; write " + FORM);
        }
        String path = uri.getRawPath();
        String virtualHost = path.length() > 1 ? decoded(path.substring(1)) : "/";
        return new BrokerSettings(
                addresses, tls, decoded(credentials[0]), decoded(credentials[1]), virtualHost, connectionName);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s://%s@%s/%s"
                .formatted(tls ? "amqps" : "amqp", user, address(), "/".equals(virtualHost) ? "" : virtualHost);
    }

    String address() {
        return nodes.stream().map(Address::toString).collect(Collectors.joining(","));
    }

    /** For connections to {@link #nodes()}. */
    ConnectionFactory connectionFactory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(user);
        factory.setPassword(password);
        factory.setVirtualHost(virtualHost);
        factory.setConnectionTimeout((int) CONNECT_WITHIN.toMillis());
        factory.setHandshakeTimeout((int) HANDSHAKE_WITHIN.toMillis());
        factory.setChannelRpcTimeout((int) ANSWER_WITHIN.toMillis());
        factory.setChannelShouldCheckRpcResponseType(true);
        factory.setShutdownTimeout((int) ANSWER_WITHIN.toMillis());
        factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
        // It covers neither the first connect nor errors of a channel, so SupervisedConnection does all of it.
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setThreadFactory(Thread.ofPlatform().daemon().name("amqp-", 0).factory());
        factory.setExceptionHandler(new TerseExceptionHandler());
        if (tls) {
            verifyServer(factory);
        }
        return factory;
    }

    /** With TLS alone, the library would trust any server. */
    private static void verifyServer(ConnectionFactory factory) {
        try {
            factory.useSslProtocol(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new PermanentFailure("The JVM has no usable TLS; look at its javax.net.ssl properties", e);
        }
        factory.enableHostnameVerification();
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new PermanentFailure("AMQP_URL is not a URL (%s); write %s".formatted(e.getReason(), FORM));
        }
    }

    private static Address address(URI uri, boolean tls) {
        String host = Optional.ofNullable(uri.getHost())
                .orElseThrow(() -> new PermanentFailure("AMQP_URL names no valid host; write " + FORM));
        return new Address(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() >= 0 ? uri.getPort() : tls ? 5671 : 5672);
    }

    private static String decoded(String text) {
        try {
            // In this part of a URI a plus sign is itself, not a blank.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new PermanentFailure("AMQP_URL has a % that encodes nothing; write % itself as %25");
        }
    }
}
