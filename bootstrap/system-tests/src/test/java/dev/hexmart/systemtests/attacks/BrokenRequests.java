package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/** Requests that were good once, broken in ways that a seed decides: the same ones every time. */
final class BrokenRequests {

    private static final String[] LENGTHS = {
        "-1",
        "x",
        "1e3",
        "+5",
        "0x10",
        "5, 5",
        "5,6",
        "",
        " ",
        "00000000000000000005",
        "4294967297",
        "9223372036854775808",
        "99999999999999999999",
        "1",
        "1000",
        "65536",
        "65537",
        "5 5",
        "\u00b2"
    };
    private static final String[] CODINGS = {
        "chunked",
        "Chunked",
        "gzip, chunked",
        "chunked, gzip",
        "chunked, chunked",
        "identity",
        "rot13",
        "",
        " chunked ",
        "\"chunked\"",
        "xchunked",
        "chunked;q=1"
    };
    private static final String[] CHUNKS = {
        "xyz\r\nabc\r\n0\r\n\r\n",
        "-1\r\nabc\r\n0\r\n\r\n",
        "ffffffff\r\nabc\r\n",
        "ffffffffffffffffffff\r\nabc\r\n",
        "7fffffff\r\nabc\r\n",
        "3\r\nabcdef\r\n0\r\n\r\n",
        "3;ext=1\r\n{} \r\n0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2\r\n{}\r\n",
        "2\r\n{}0\r\n\r\n",
        "0\r\n",
        "0\r\nX-Trailer: 1\r\n\r\n",
        "\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n"
    };
    private static final String[] METHODS = {
        "get",
        "GE T",
        "",
        "TRACE",
        "CONNECT",
        "OPTIONS",
        "HEAD",
        "PATCH",
        "PRI",
        "G\u00c4T",
        "GET\0",
        "GET\t",
        "()<>@",
        "POST ",
        "X".repeat(3000),
        "DELETE",
        "PUT"
    };
    private static final String[] VERSIONS = {
        " HTTP/1.0",
        " HTTP/2.0",
        " HTTP/0.9",
        "",
        " ",
        " http/1.1",
        " HTTP/11",
        " HTTP/1.1 ",
        " HTTP/1.1 x",
        " HTTPS/1.1",
        " HTTP/1.2",
        " ICY",
        "\tHTTP/1.1",
        " HTTP/1.1\0"
    };
    private static final String[] TARGETS = {
        "*",
        "//",
        "//evil.example/",
        "http://evil.example/products",
        "http://",
        "evil.example:443",
        "?",
        "#",
        "/#x",
        "/%",
        "/%zz",
        "/%00",
        "/%0d%0aX-Injected:1",
        "/\\",
        "/a b",
        "/{id}",
        "/products/%c0%ae%c0%ae/",
        "/../../etc/passwd",
        "/./.././",
        "/;/;",
        "/products/../orders",
        "/%2e%2e/orders",
        "/\u00fc",
        "/|<>\"^`",
        "@evil.example/",
        "/products;jsessionid=1",
        "/PRODUCTS",
        "/products/",
        "/cart//items",
        "/orders/%2F",
        "/orders/..%2f..%2f",
        "/" + "a/".repeat(1500),
        "/products?" + "x=1&".repeat(900),
        "/products?search=" + "x".repeat(3900),
        "/" + "x".repeat(6000),
        "/products?limit=",
        "/products?limit=99999999999",
        "/products?limit=-1",
        "/products?limit=1&limit=2",
        "/products?cursor=AAAA",
        "/products?cursor=%zz",
        "/products?search=%00",
        "/products?search=%ff%fe",
        "/products?%",
        "/products?=&&=",
        "/orders?cursor=" + "A".repeat(500),
        "/orders?limit=1e1"
    };
    private static final String[] BODIES = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{",
        "}",
        "{\"a\"",
        "{]",
        "nonsense",
        "{'a':1}",
        "{\"a\":1,}",
        "{} {}",
        "\ufeff{}",
        "{\"a\":NaN}",
        "{\"price\":{\"amount\":1e400,\"currency\":\"EUR\"}}",
        "{\"price\":-1}",
        "{\"price\":{\"amount\":1e0,\"currency\":\"EUR\"}}",
        "{\"name\":\"\\ud800\",\"stock\":1}",
        "{\"name\":\"\\u0000\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"quantity\":9223372036854775808}",
        "{\"quantity\":-2147483649}",
        "{\"quantity\":1.5}",
        "{\"lines\":[]}",
        "{\"lines\":{}}",
        "{\"lines\":[[[[[[[[]]]]]]]]}",
        "{\"lines\":[null]}",
        "{\"orderId\":null}",
        "{\"orderId\":7}",
        "{\"orderId\":\"../..\"}",
        "{\"payment\":{\"method\":\"'; DROP TABLE orders; --\"}}",
        "{\"payment\":[]}",
        "{\"delta\":0,\"reason\":\"\"}",
        "{\"userId\":\"another-user\"}",
        "{\"__proto__\":{\"a\":1}}",
        "a=1&b=2",
        "<?xml version=\"1.0\"?><a/>",
        "\0\0\0\0"
    };
    private static final String[] TYPES = {
        "text/plain",
        "application/xml",
        "",
        "application/json; charset=utf-16",
        "application/json;;",
        "json",
        "application/json\0",
        "multipart/form-data; boundary=x",
        "application/json, text/plain",
        "*/*",
        "\u00e4"
    };
    private static final String[] STRANGE_HEADERS = {
        "Host: other",
        "Host:",
        "Host: [",
        "Host: a:b:c",
        "Host: x:99999999999",
        "Host: \u00fc",
        "Expect: 100-continue",
        "Expect: the unexpected",
        "Connection: upgrade",
        "Connection: close, keep-alive",
        "Upgrade: h2c",
        "Upgrade: websocket",
        "HTTP2-Settings: AAAA",
        "Content-Encoding: gzip",
        "Content-Encoding: zip-bomb",
        "Accept-Encoding: gzip;q=x",
        "Accept: nonsense",
        "Range: bytes=0-",
        "TE: trailers",
        "If-Match: *",
        "If-Match: W/\"1\"",
        "If-Match: \"",
        "If-Match: \"9.9\", \"8.8\"",
        "If-None-Match: *",
        "Last-Event-ID: -1",
        "Last-Event-ID: 99999999999",
        "Last-Event-ID: x",
        "Idempotency-Key: " + "k".repeat(5000),
        "Idempotency-Key:",
        "Idempotency-Key: \t",
        "Idempotency-Key: a\u00e4",
        "Authorization: Basic eDp4",
        "X-HTTP-Method-Override: DELETE",
        "X-Forwarded-Host: evil",
        "Cookie: " + "a=b; ".repeat(300),
        "No colon here",
        ": no name",
        "Space : before",
        " folded",
        "\tfolded",
        "Nul: a\0b",
        "Lone-CR: a\rb",
        "Lone-LF: a\nb",
        "B\u00e4d: 1",
        "",
        "X-Long: " + "x".repeat(17_000),
        "Traceparent: 00-x-y-z",
        "Transfer-Encoding: chunked",
        "Content-Length: 3",
        "X: ${jndi:ldap://x}"
    };

    private final Random random;
    private final List<Draft> good;

    /** @param good what to break */
    BrokenRequests(long seed, List<Draft> good) {
        this.random = new Random(seed);
        this.good = List.copyOf(good);
    }

    /** A request that can still be changed, part by part. */
    static final class Draft {

        private String method;
        private String target;
        private String version = " HTTP/1.1";
        private final List<String> headers;
        private byte[] body;

        private Draft(String method, String target, List<String> headers, byte[] body) {
            this.method = method;
            this.target = target;
            this.headers = new ArrayList<>(headers);
            this.body = body;
        }

        static Draft of(String token, String method, String target, String body, String... headers) {
            Draft draft =
                    new Draft(method, target, List.of("Host: shop", "Authorization: Bearer " + token), new byte[0]);
            draft.headers.addAll(List.of(headers));
            if (!body.isEmpty()) {
                draft.body = body.getBytes(UTF_8);
                draft.headers.add("Content-Type: application/json");
                draft.headers.add("Content-Length: " + draft.body.length);
            }
            return draft;
        }

        private Draft copy() {
            return new Draft(method, target, headers, body);
        }

        private void set(String name, String value) {
            headers.removeIf(header -> header.startsWith(name + ":"));
            headers.add(name + ": " + value);
        }

        private void body(byte[] bytes) {
            body = bytes;
            set("Content-Length", Integer.toString(bytes.length));
        }

        byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes((method + " " + target + version + "\r\n").getBytes(ISO_8859_1));
            headers.forEach(header -> bytes.writeBytes((header + "\r\n").getBytes(ISO_8859_1)));
            bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }
    }

    byte[] next() {
        Draft draft = one(good).copy();
        List<Consumer<Draft>> ways = List.of(
                this::breakTheMethod,
                this::breakTheVersion,
                this::breakTheTarget,
                this::breakTheTarget,
                this::breakAnId,
                this::breakTheHeaders,
                this::breakTheHeaders,
                this::breakTheFraming,
                this::breakTheFraming,
                this::breakTheBody,
                this::breakTheBody,
                this::breakTheType,
                _ -> {});
        for (int i = random.nextInt(3); i >= 0; i--) {
            one(ways).accept(draft);
        }
        return random.nextInt(4) == 0 ? breakBytes(draft.bytes()) : draft.bytes();
    }

    private void breakTheMethod(Draft draft) {
        draft.method = one(METHODS);
    }

    private void breakTheVersion(Draft draft) {
        draft.version = one(VERSIONS);
    }

    private void breakTheTarget(Draft draft) {
        draft.target = random.nextInt(4) == 0 ? draft.target + one(TARGETS) : one(TARGETS);
    }

    private void breakAnId(Draft draft) {
        String other = one(
                UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString(),
                "1",
                "-1",
                "null",
                "'",
                "x".repeat(300),
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-0000-0000000000000",
                "1-1-1-1-1",
                "%00",
                "..",
                "%F0%9F%98%80");
        draft.target = draft.target.replaceAll("[0-9a-fA-F-]{36}", other);
        draft.body(new String(draft.body, UTF_8)
                .replaceAll("[0-9a-fA-F-]{36}", other)
                .getBytes(UTF_8));
    }

    private void breakTheHeaders(Draft draft) {
        int at = random.nextInt(draft.headers.size());
        switch (random.nextInt(6)) {
            case 0 -> draft.headers.remove(at);
            case 1 -> draft.headers.add(draft.headers.get(at));
            case 2 -> draft.headers.set(at, draft.headers.get(at) + one("\0", "\r", "\n", "\u00ff", "\t", "; x", ",,"));
            case 3 -> {
                for (int i = 0; i < 1_500; i++) {
                    draft.headers.add("X-" + i + ": y");
                }
            }
            default -> draft.headers.add(at, one(STRANGE_HEADERS));
        }
    }

    private void breakTheFraming(Draft draft) {
        switch (random.nextInt(4)) {
            case 0 -> draft.set("Content-Length", one(LENGTHS));
            case 1 -> draft.headers.add("Content-Length: " + one(LENGTHS));
            case 2 -> draft.headers.add("Transfer-Encoding: " + one(CODINGS));
            default -> {
                draft.headers.removeIf(header -> header.startsWith("Content-Length:"));
                draft.headers.add("Transfer-Encoding: chunked");
                draft.body = one(CHUNKS).getBytes(ISO_8859_1);
            }
        }
    }

    private void breakTheBody(Draft draft) {
        draft.headers.add("Content-Type: application/json");
        switch (random.nextInt(7)) {
            case 0 -> draft.body(("{\"a\":".repeat(2_000) + "1").getBytes(UTF_8));
            case 1 -> draft.body(("{\"name\":\"" + "x".repeat(40_000) + "\"}").getBytes(UTF_8));
            case 2 -> draft.body(new byte[70_000]);
            case 3 -> draft.body(breakBytes(draft.body.length == 0 ? "{\"a\":1}".getBytes(UTF_8) : draft.body));
            case 4 -> draft.body(("{\"quantity\":" + "9".repeat(5_000) + "}").getBytes(UTF_8));
            default -> draft.body(one(BODIES).getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1));
        }
    }

    private void breakTheType(Draft draft) {
        draft.set("Content-Type", one(TYPES));
    }

    private byte[] breakBytes(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        ByteArrayOutputStream broken = new ByteArrayOutputStream();
        switch (random.nextInt(5)) {
            case 0 -> {
                byte[] noise = new byte[1 + random.nextInt(20)];
                random.nextBytes(noise);
                broken.write(bytes, 0, at);
                broken.writeBytes(noise);
                broken.write(bytes, at, bytes.length - at);
            }
            case 1 -> broken.write(bytes, 0, at);
            case 2 -> {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
                broken.write(bytes, 0, at);
                broken.write(bytes, to, bytes.length - to);
            }
            case 3 -> {
                // Another request follows in the same breath, or what may be taken for one.
                broken.writeBytes(bytes);
                broken.write(bytes, at, bytes.length - at);
            }
            default -> {
                byte[] flipped = bytes.clone();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                broken.writeBytes(flipped);
            }
        }
        return broken.toByteArray();
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String one(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
