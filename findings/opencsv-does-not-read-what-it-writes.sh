#!/usr/bin/env bash
# opencsv 5.12.0 (com.opencsv:opencsv): CSVWriter and CSVReader, both with their defaults, and a product name with a backslash.
#
# Good guess: what CSVWriter writes, CSVReader of the same library and version reads back unchanged.
# Real: CSVWriter doubles quotes and leaves backslashes alone, as RFC 4180 has it. CSVReader takes a backslash for an escape
# character and drops it, without an exception. RFC4180Parser, which is in the library as well, reads the name back.
# Seen: "Screw M3\10" is written as "Screw M3\10" and read as "Screw M310", "1\2 inch pipe" as "12 inch pipe".
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
    <dependency><groupId>com.opencsv</groupId><artifactId>opencsv</artifactId><version>5.12.0</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
cat >Backslash.java <<'JAVA'
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.CSVWriter;
import com.opencsv.RFC4180Parser;
import java.io.StringReader;
import java.io.StringWriter;

class Backslash {
    public static void main(String[] args) throws Exception {
        for (String name : new String[] {"Screw M3\\10", "1\\2 inch pipe", "12\" vinyl"}) {
            StringWriter text = new StringWriter();
            try (CSVWriter writer = new CSVWriter(text)) {
                writer.writeNext(new String[] {name, "1999"});
            }
            String read = new CSVReader(new StringReader(text.toString())).readNext()[0];
            String strict = new CSVReaderBuilder(new StringReader(text.toString())).withCSVParser(new RFC4180Parser()).build().readNext()[0];
            System.out.println(name + " | written " + text.toString().trim() + " | read " + read + " | by RFC4180Parser " + strict);
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Backslash.java | tee seen

diff seen - <<'SEEN'
Screw M3\10 | written "Screw M3\10","1999" | read Screw M310 | by RFC4180Parser Screw M3\10
1\2 inch pipe | written "1\2 inch pipe","1999" | read 12 inch pipe | by RFC4180Parser 1\2 inch pipe
12" vinyl | written "12"" vinyl","1999" | read 12" vinyl | by RFC4180Parser 12" vinyl
SEEN
echo "as described"
