#!/usr/bin/env bash
# jte 3.2.3 (gg.jte:jte), ContentType.Html: a boolean as the value of an attribute that is not a boolean attribute of HTML.
#
# Good guess: disabled="${off}" is written or left out, since HTML's boolean attributes work so. aria-expanded, aria-pressed,
# draggable and spellcheck have "true" and "false" as values, so aria-pressed="${pressed}" is written as "true" or as "false".
# Real: true is written as the word "true", but false leaves any attribute out. A toggle button that is not pressed
# is no toggle button any more for a screen reader, and spellcheck="${false}" doesn't switch the spelling check off.
# With String.valueOf(pressed), or with any text beside the expression in the attribute, "false" is written.
# Seen: aria-pressed="true" spellcheck="true" for true, and neither of the two attributes for false.
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
    <dependency><groupId>gg.jte</groupId><artifactId>jte</artifactId><version>3.2.3</version></dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }
mkdir templates
cat >templates/button.jte <<'JTE'
@param boolean on
<button disabled="${on}" aria-pressed="${on}" spellcheck="${on}" aria-expanded="${String.valueOf(on)}">Filter</button>
JTE
cat >Button.java <<'JAVA'
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;
import java.util.Map;

class Button {
    public static void main(String[] args) {
        TemplateEngine engine = TemplateEngine.create(new DirectoryCodeResolver(Path.of("templates")), Path.of("classes"), ContentType.Html,
                TemplateEngine.class.getClassLoader());
        for (boolean on : new boolean[] {true, false}) {
            StringOutput page = new StringOutput();
            engine.render("button.jte", Map.<String, Object>of("on", on), page);
            System.out.println(page.toString().trim());
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Button.java | tee seen

diff seen - <<'SEEN'
<button disabled aria-pressed="true" spellcheck="true" aria-expanded="true">Filter</button>
<button aria-expanded="false">Filter</button>
SEEN
echo "as described"
