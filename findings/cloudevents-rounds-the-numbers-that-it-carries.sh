#!/usr/bin/env bash
# CloudEvents Java SDK 4.0.1 (io.cloudevents:cloudevents-json-jackson), JsonFormat: an event read and written again, as a relay, a
# router or a dead letter tool does.
#
# A good guess: an SDK of an envelope carries what is inside unchanged. Seen: numbers of the data go through a double. "rate":
# 0.123456789012345678 is written as 0.12345678901234568, 12345678901234567.89 as 1.2345678901234568E16, and 19.90 as 19.9, while
# the whole number 12345678901234567890 stays as it is. No exception, no warning: amounts and rates of more than 17 digits arrive
# with another value, and a signature or a hash over the data no longer fits for any number with a trailing zero.
#
# Needs Java 25 and Maven. Exits 0 while the SDK behaves like this.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.cloudevents</groupId><artifactId>cloudevents-json-jackson</artifactId><version>4.0.1</version>
  </dependency></dependencies>
</project>
XML
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
cat >Relay.java <<'JAVA'
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;

class Relay {
    public static void main(String[] args) {
        String event = """
                {"specversion":"1.0","id":"1","source":"/shop","type":"rate","datacontenttype":"application/json",\
                "data":{"rate":0.123456789012345678,"total":12345678901234567.89,"price":19.90,"whole":12345678901234567890}}""";
        JsonFormat format = new JsonFormat();
        byte[] again = format.serialize(format.deserialize(event.getBytes(StandardCharsets.UTF_8)));
        String data = new String(again, StandardCharsets.UTF_8).replaceFirst(".*\"data\":", "");
        System.out.println(data);
        String seen = "{\"rate\":0.12345678901234568,\"total\":1.2345678901234568E16,\"price\":19.9,"
                + "\"whole\":12345678901234567890}}";
        if (!data.equals(seen)) {
            System.out.println("This has changed; it was " + seen);
            System.exit(1);
        }
    }
}
JAVA
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
"$java" -cp 'lib/*' Relay.java
