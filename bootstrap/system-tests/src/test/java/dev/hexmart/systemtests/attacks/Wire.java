package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes to a server, whatever they are, and understands what comes back. */
final class Wire {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([0-9]{3})[^\r\n]*\r\n");
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int PATIENCE_MILLIS = 20_000;

    private Wire() {}

    /** One answer; header names in small letters. */
    record Reply(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    static Socket connect(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /**
     * Sends a request and reads until the server ends the connection.
     *
     * @return the answers, as far as they came; none where the server just hangs up
     * @throws java.net.SocketTimeoutException where the server does neither
     */
    static List<Reply> exchange(URI server, byte[] request) throws IOException {
        boolean head = new String(request, 0, Math.min(5, request.length), ISO_8859_1).equals("HEAD ");
        try (Socket socket = connect(server)) {
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // The server had enough of it; what it said is still there to be read.
            }
            return replies(received(socket), head);
        }
    }

    private static String received(Socket socket) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.write(buffer, 0, read);
                String text = received.toString(ISO_8859_1);
                if (text.toLowerCase(Locale.ROOT).contains("content-type: text/event-stream")) {
                    return text;
                }
            }
        } catch (SocketException e) {
            // The server closed before it had read everything.
        }
        return received.toString(ISO_8859_1);
    }

    private static List<Reply> replies(String received, boolean head) {
        List<Reply> replies = new ArrayList<>();
        String rest = received;
        while (!rest.isEmpty()) {
            Matcher line = STATUS_LINE.matcher(rest);
            int end = rest.indexOf(END_OF_HEAD);
            if (!line.lookingAt() || end < 0) {
                throw new AssertionError("This is no HTTP: " + rest);
            }
            int status = Integer.parseInt(line.group(1));
            Map<String, String> headers = headers(rest.substring(line.end(), Math.max(line.end(), end)));
            int start = end + END_OF_HEAD.length();
            boolean empty = status < 200 || (head && replies.isEmpty() && !brokenOff(headers));
            int length = empty ? 0 : length(headers, rest.length() - start);
            if (status >= 200) {
                replies.add(new Reply(status, headers, rest.substring(start, start + length)));
            }
            rest = rest.substring(start + length);
        }
        return replies;
    }

    /** After a first line that cannot be read it is the end of the connection that bounds the answer, and none knows of HEAD. */
    private static boolean brokenOff(Map<String, String> headers) {
        return headers.getOrDefault("connection", "").equals("close");
    }

    private static int length(Map<String, String> headers, int available) {
        return Optional.ofNullable(headers.get("content-length"))
                .map(length -> Math.min(Integer.parseInt(length), available))
                .orElse(headers.containsKey("transfer-encoding") ? available : 0);
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
