#!/usr/bin/env bash
# Parsson 1.1.7 (org.eclipse.parsson:parsson, the reference implementation of Jakarta JSON Processing): JSON Patch and JSON Merge Patch of an amount.
#
# Good guess: the operation "test" of JSON Patch compares numbers by value: RFC 6902 (4.6) says "numbers are considered equal if their
# values are numerically equal". So {"op":"test","path":"/price","value":19.9} holds for {"price":19.90}.
# Real: JsonNumber compares as BigDecimal.equals does, digits after the point included. The test fails with a JsonException and the whole
# patch with it. createDiff and createMergeDiff of {"price":20} and {"price":20.0} contain a change of the price.
# Seen: "The JSON Patch operation 'test' failed for path '/price' and value '19.9'", and a diff that replaces 20 by 20.0.
#
# Needs a JDK (17 or later), Maven and Maven Central. Exits non-zero if that changes.
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
    <dependency><groupId>org.eclipse.parsson</groupId><artifactId>parsson</artifactId><version>1.1.7</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Patch.java <<'JAVA'
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;

class Patch {
    public static void main(String[] args) {
        for (String value : new String[] {"19.90", "19.9", "1.99e1"}) {
            String patch = "[{\"op\":\"test\",\"path\":\"/price\",\"value\":" + value + "}]";
            String outcome;
            try {
                outcome = "holds for " + Json.createPatch(Json.createReader(new StringReader(patch)).readArray()).apply(object("{\"price\":19.90}"));
            } catch (JsonException e) {
                outcome = e.getMessage();
            }
            System.out.println(value + ": " + outcome);
        }
        JsonObject before = object("{\"price\":20}");
        JsonObject after = object("{\"price\":20.0}");
        System.out.println("diff: " + Json.createDiff(before, after));
        System.out.println("merge diff: " + Json.createMergeDiff(before, after).toJsonValue());
    }

    static JsonObject object(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Patch.java | tee seen

diff seen - <<'SEEN'
19.90: holds for {"price":19.90}
19.9: The JSON Patch operation 'test' failed for path '/price' and value '19.9'
1.99e1: The JSON Patch operation 'test' failed for path '/price' and value '19.9'
diff: [{"op":"replace","path":"/price","value":20.0}]
merge diff: {"price":20.0}
SEEN
echo "as described"
