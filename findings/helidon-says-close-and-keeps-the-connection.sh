#!/usr/bin/env bash
# Helidon WebServer 4.5.0 (io.helidon.webserver:helidon-webserver) on JDK 25: a request with "Connection: close".
#
# Good guess: the server answers with "Connection: close" and closes the connection, as RFC 9112 (9.6) has it.
# Real: it answers with "Connection: close", and the connection stays open until the idle timeout, 5 minutes by default: a second
# request on it is answered as well. Who reads to the end of the connection, as simple clients do, waits for that long.
# Seen: "says close: true", "closed within 3 s: false", "answers the next request: true".
#
# Needs a JDK 25, Maven and Maven Central. Exits non-zero if that changes.
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
cat >Close.java <<'JAVA'
import io.helidon.webserver.WebServer;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

class Close {
    public static void main(String[] args) throws Exception {
        WebServer server = WebServer.builder().host("127.0.0.1").port(0)
                .routing(routing -> routing.get("/", (request, response) -> response.send("here")))
                .build().start();
        boolean close;
        boolean closed;
        boolean next = false;
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(3_000);
            close = ask(socket, "Connection: close\r\n").contains("connection: close");
            try {
                closed = socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                closed = false;
                next = ask(socket, "").startsWith("http/1.1 200");
            }
        }
        server.stop();
        System.out.println("says close: " + close + "\nclosed within 3 s: " + closed + "\nanswers the next request: " + next);
        System.exit(close && !closed && next ? 0 : 1);
    }

    static String ask(Socket socket, String header) throws Exception {
        socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n").getBytes());
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (answer.indexOf("\r\n\r\nhere") < 0) {
            answer.append((char) in.read());
        }
        return answer.toString().toLowerCase();
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Close.java 2>/dev/null
