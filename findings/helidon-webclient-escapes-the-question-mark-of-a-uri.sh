#!/usr/bin/env bash
# Helidon WebClient 4.5.0 (io.helidon.webclient:helidon-webclient), against Helidon WebServer 4.5.0, on JDK 25.
#
# Good guess: get(text) and uri(text), "request URI", take a URI: client.get("/products?sort=price") asks for the path /products with the
# query sort=price, and what is percent-encoded already is sent as it is, as every other HTTP client does.
# Real: the whole text is a path to be encoded, even in an absolute URI: "?" becomes %3F and "%" becomes %25. The request goes out and
# a server answers 404 to it. uri(URI) takes the same URI as it is, so does skipUriEncoding(true); a query goes into queryParam.
# Seen: get("/products?sort=price") asks for /products%3Fsort=price, get("/products/caf%C3%A9") for /products/caf%25C3%25A9.
#
# Needs a JDK 21 or later, Maven and Maven Central. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if [ "$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')" -lt 21 ]; then
  for found in /usr/lib/jvm/*-2[1-9]-*/bin/java; do java=$found; done
fi
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>io.helidon.webserver</groupId><artifactId>helidon-webserver</artifactId><version>4.5.0</version></dependency>
    <dependency><groupId>io.helidon.webclient</groupId><artifactId>helidon-webclient</artifactId><version>4.5.0</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Ask.java <<'JAVA'
import io.helidon.webclient.api.WebClient;
import io.helidon.webserver.WebServer;
import java.net.URI;

class Ask {
    public static void main(String[] args) {
        WebServer server = WebServer.builder().host("127.0.0.1").port(0)
                .routing(routing -> routing.any((request, response) -> response.send(request.path().rawPath()
                        + (request.query().rawValue().isEmpty() ? "" : "?" + request.query().rawValue()))))
                .build().start();
        String base = "http://127.0.0.1:" + server.port();
        WebClient client = WebClient.builder().baseUri(base).build();
        String query = "/products?sort=price";
        String escaped = "/products/caf%C3%A9";
        System.out.println("get(text): " + client.get(query).requestEntity(String.class) + " " + client.get(escaped).requestEntity(String.class));
        System.out.println("get(absolute text): " + client.get(base + query).requestEntity(String.class) + " " + client.get(base + escaped).requestEntity(String.class));
        System.out.println("get().uri(text): " + client.get().uri(query).requestEntity(String.class) + " " + client.get().uri(escaped).requestEntity(String.class));
        System.out.println("get().uri(URI): " + client.get().uri(URI.create(base + query)).requestEntity(String.class) + " "
                + client.get().uri(URI.create(base + escaped)).requestEntity(String.class));
        System.out.println("get(text).skipUriEncoding(true): " + client.get(query).skipUriEncoding(true).requestEntity(String.class) + " "
                + client.get(escaped).skipUriEncoding(true).requestEntity(String.class));
        System.out.println("get(text).queryParam: " + client.get("/products").queryParam("sort", "price").requestEntity(String.class));
        server.stop();
    }
}
JAVA
"$java" -cp 'lib/*' Ask.java 2>java.log | grep -v '^There is no Helidon logging' | tee seen || { cat java.log >&2; exit 1; }

diff seen - <<'SEEN'
get(text): /products%3Fsort=price /products/caf%25C3%25A9
get(absolute text): /products%3Fsort=price /products/caf%25C3%25A9
get().uri(text): /products%3Fsort=price /products/caf%25C3%25A9
get().uri(URI): /products?sort=price /products/caf%C3%A9
get(text).skipUriEncoding(true): /products?sort=price /products/caf%C3%A9
get(text).queryParam: /products?sort=price
SEEN
echo "as described"
