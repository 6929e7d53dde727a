#!/usr/bin/env bash
# Nimbus JOSE + JWT 10.10 (com.nimbusds:nimbus-jose-jwt), JWKSourceBuilder with its defaults (and longer timeouts than half a second, which a busy machine exceeds).
#
# Good guess: a token whose kid is not among the keys is a bad token however often one comes, so JWTProcessor.process throws BadJOSEException; a
# KeySourceException means that the keys cannot be had.
#
# Seen: the first token with an unknown kid fetches the keys once more and is refused with BadJOSEException. From the second on, for the rest of 30 s, each is
# refused with RateLimitReachedException, a KeySourceException, though the server answers and nothing has failed. A service that maps KeySourceException to 503,
# as its name suggests, answers 503 to bad tokens. The limit is one for all kids together: a token by a key that has been published meanwhile is refused likewise.
#
# Keys and server are made here, on the loopback interface.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>com.nimbusds</groupId><artifactId>nimbus-jose-jwt</artifactId><version>10.10</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/jars" > "$folder/log" 2>&1 || { cat "$folder/log"; exit 2; }
cat > "$folder/Finding.java" <<'JAVA'
import com.nimbusds.jose.*;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.*;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.*;
import com.nimbusds.jose.proc.*;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.*;
import com.nimbusds.jwt.proc.*;
import com.sun.net.httpserver.HttpServer;
import java.net.*;
import java.util.*;
import java.util.concurrent.atomic.*;

class Finding {
    static final List<String> SEEN = new ArrayList<>();

    public static void main(String[] a) throws Exception {
        RSAKey known = new RSAKeyGenerator(2048).keyID("known").generate();
        RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
        AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(known));
        AtomicInteger fetches = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().toString().getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URL url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys").toURL();
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(url, new DefaultResourceRetriever(10_000, 10_000)).build();
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
            ask(processor, known, "known");
            for (int i = 0; i < 4; i++) ask(processor, known, "unknown-" + i);
            published.set(new JWKSet(List.of(known, next)));
            ask(processor, next, "next");
            ask(processor, known, "known");
            System.out.println("fetches: " + fetches.get());
        } finally {
            server.stop(0);
        }
        boolean as = SEEN.getFirst().equals("accepted") && SEEN.getLast().equals("accepted")
                && SEEN.get(1).equals("BadJOSEException")
                && SEEN.subList(2, 6).equals(Collections.nCopies(4, "RateLimitReachedException, a KeySourceException"));
        System.exit(as ? 0 : 1);
    }

    static void ask(JWTProcessor<SecurityContext> processor, RSAKey key, String kid) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(), new JWTClaimsSet.Builder().subject("x").build());
        token.sign(new RSASSASigner(key));
        String outcome = "accepted";
        try {
            processor.process(token.serialize(), null);
        } catch (BadJOSEException | JOSEException e) {
            outcome = e.getClass().getSimpleName() + (e instanceof KeySourceException ? ", a KeySourceException" : "");
        }
        SEEN.add(outcome);
        System.out.println(kid + ": " + outcome);
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$folder/jars/*" "$folder/Finding.java" 2> "$folder/log" || { cat "$folder/log"; echo "no longer as described"; exit 1; }
