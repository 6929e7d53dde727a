package dev.hexmart.adapter.httpclient.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hexmart.domain.shared.Letters;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;

/** A request as it goes over the wire: what it was made of is sent byte for byte, or refused. */
public final class Request {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int HEAD = 1024;

    private final String method;
    private final URI address;
    private final StringBuilder head = new StringBuilder(HEAD);
    private final byte[] body;

    /**
     * @param base where the service is
     * @param pathAndQuery of what is asked for there, and never anywhere else: {@link URI#resolve} would take a path that begins
     *     with two slashes for another host's, and one that begins with none, {@code @host} say, would change the host when it is
     *     appended
     * @throws IllegalArgumentException where that is no method, or no path and query, as they may be sent
     */
    public Request(String method, URI base, String pathAndQuery, byte[] body) {
        if (!isMethod(method)) {
            throw new IllegalArgumentException("There is no such method here");
        }
        this.method = method;
        this.address = at(base, pathAndQuery);
        this.body = body;
        head.append(method).append(' ').append(address.getRawPath());
        if (address.getRawQuery() != null) {
            head.append('?').append(address.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        header("Host", base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort());
        header("User-Agent", "hexmart");
        if (body.length > 0 || !WITHOUT_BODY.contains(method)) {
            header("Content-Length", Integer.toString(body.length));
        }
    }

    public String method() {
        return method;
    }

    public URI address() {
        return address;
    }

    /** Adds a header field. An error does not quote its value: it may be a secret. */
    public void header(String name, String value) {
        if (!isAscii(value, ' ')) {
            throw new IllegalArgumentException("The header " + name + " has characters that cannot be sent");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    public byte[] bytes() {
        byte[] text = (head + "\r\n").getBytes(US_ASCII);
        if (body.length == 0) {
            return text;
        }
        byte[] all = Arrays.copyOf(text, text.length + body.length);
        System.arraycopy(body, 0, all, text.length, body.length);
        return all;
    }

    private static URI at(URI base, String pathAndQuery) {
        if (!pathAndQuery.startsWith("/") || pathAndQuery.indexOf('#') >= 0 || !isAscii(pathAndQuery, '!')) {
            throw new IllegalArgumentException(
                    "A path begins with a slash, and what is not visible ASCII must be percent-encoded");
        }
        String prefix = base.toString();
        try {
            return new URI((prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + pathAndQuery);
        } catch (URISyntaxException _) {
            // The library's words would tell where the service is.
            throw new IllegalArgumentException("The address has characters that must be percent-encoded");
        }
    }

    /** CONNECT is not a method of ours. */
    private static boolean isMethod(String method) {
        return !method.equals("CONNECT") && isToken(method);
    }

    /** What methods and names of header fields are made of (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        return Letters.areAll(text, Request::isOfToken, 1, Integer.MAX_VALUE);
    }

    private static boolean isOfToken(char c) {
        return Letters.isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || TOKEN_MARKS.indexOf(c) >= 0;
    }

    /** Whether each character is from the given one to the tilde, the last that is visible. */
    private static boolean isAscii(String text, char from) {
        return !Letters.anyIs(text, c -> c < from || c > '~');
    }
}
