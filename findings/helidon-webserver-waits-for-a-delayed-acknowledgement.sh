#!/usr/bin/env bash
# Helidon WebServer 4.5.0 (io.helidon.webserver:helidon-webserver): answers of more than a few hundred bytes on a kept connection, with the server as it comes.
#
# Good guess: a web server switches Nagle's algorithm off (TCP_NODELAY), as Netty, Jetty, Undertow and Tomcat do; an answer of 8 KB over
# loopback takes a millisecond.
# Real: ConnectionConfig has tcpNoDelay false by default, and the head and the body of an answer go out by two writes. The second one waits until the
# first is acknowledged, and the client's kernel delays that by 40 ms, since it has nothing to send. Each request on a kept connection costs that; the
# first ones on a new connection do not, so a quick look with curl does not show it, and no CPU is used meanwhile.
# Seen: "default, 8600 bytes: median 48 ms", "tcpNoDelay(true), 8600 bytes: median 1 ms".
#
# Needs Linux, a JDK (21 or later), Maven and Maven Central. Exits non-zero if that changes.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>io.helidon.webserver</groupId><artifactId>helidon-webserver</artifactId><version>4.5.0</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Delay.java <<'JAVA'
import io.helidon.webserver.WebServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

public class Delay {

    static final int BODY = 8_600;
    static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes();

    public static void main(String[] arguments) throws Exception {
        System.out.println("default, " + BODY + " bytes: median " + median(false) + " ms");
        System.out.println("tcpNoDelay(true), " + BODY + " bytes: median " + median(true) + " ms");
        System.exit(0);
    }

    static long median(boolean noDelay) throws Exception {
        var builder = WebServer.builder()
                .port(0)
                .address(InetAddress.getLoopbackAddress())
                .routing(routing -> routing.get("/", (request, response) -> response.send(new byte[BODY])));
        if (noDelay) {
            builder.connectionOptions(options -> options.tcpNoDelay(true));
        }
        WebServer server = builder.build().start();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            long[] millis = new long[41];
            for (int i = 0; i < millis.length; i++) {
                long started = System.nanoTime();
                ask(socket);
                millis[i] = (System.nanoTime() - started) / 1_000_000;
            }
            Arrays.sort(millis);
            return millis[millis.length / 2];
        } finally {
            server.stop();
        }
    }

    static void ask(Socket socket) throws Exception {
        socket.getOutputStream().write(REQUEST);
        InputStream in = socket.getInputStream();
        int matched = 0;
        while (matched < 4) {
            int read = in.read();
            matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
        in.readNBytes(BODY);
    }
}
JAVA
"$JAVA_HOME/bin/javac" -cp 'lib/*' Delay.java
"$JAVA_HOME/bin/java" -cp 'lib/*:.' Delay 2>server.log | tee seen
left=$(sed -n 's/^default, .* \([0-9]*\) ms$/\1/p' seen)
right=$(sed -n 's/^tcpNoDelay.* \([0-9]*\) ms$/\1/p' seen)
[ "$left" -ge 30 ] && [ "$right" -lt 30 ] || { echo "changed" >&2; exit 1; }
