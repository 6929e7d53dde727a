#!/usr/bin/env bash
# java.text.Collator of Temurin 25.0.3 against ICU4J 77.1 (com.ibm.icu:icu4j), both for Locale.ROOT: names of products from A to Z.
#
# Good guess: both follow the Unicode collation algorithm, so a list that a database has sorted by ICU (PostgreSQL's und-x-icu, a browser's
# Intl.Collator) is in order for the JDK's collator as well, and can be merged or searched with it.
# Seen: the JDK passes over spaces and hyphens, as far as letters differ behind them. It sorts "tea-bag, teapot, tea tin, tea zebra", letter by letter; ICU
# sorts "tea tin, tea zebra, tea-bag, teapot", the shorter word first. By PRIMARY strength "tea pot" and "teapot" are equal for the JDK, and so are
# "re-sort" and "resort". Binary search by the JDK's collator in the list that ICU has sorted does not find "teapot", which is in it.
# Exit code 0 as long as that is so.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=com.ibm.icu:icu4j:77.1 -DoutputDirectory="$folder" >/dev/null

cat >"$folder/Names.java" <<'JAVA'
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

public class Names {
    public static void main(String[] arguments) {
        List<String> names = List.of("teapot", "tea zebra", "tea-bag", "tea tin");
        java.text.Collator jdk = java.text.Collator.getInstance(Locale.ROOT);
        com.ibm.icu.text.Collator icu = com.ibm.icu.text.Collator.getInstance(Locale.ROOT);
        List<String> byJdk = new ArrayList<>(names);
        byJdk.sort(jdk);
        List<String> byIcu = new ArrayList<>(names);
        byIcu.sort(icu);
        System.out.println("JDK: " + byJdk);
        System.out.println("ICU: " + byIcu);
        System.out.println("found by binary search: " + (Collections.binarySearch(byIcu, "teapot", jdk) >= 0));
        jdk.setStrength(java.text.Collator.PRIMARY);
        icu.setStrength(com.ibm.icu.text.Collator.PRIMARY);
        for (String[] pair : new String[][] {{"tea pot", "teapot"}, {"re-sort", "resort"}}) {
            System.out.println(pair[0] + " equals " + pair[1] + ": JDK " + (jdk.compare(pair[0], pair[1]) == 0)
                    + ", ICU " + (icu.compare(pair[0], pair[1]) == 0));
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$folder/icu4j-77.1.jar" "$folder/Names.java" | tee "$folder/seen"

diff "$folder/seen" - <<'SEEN'
JDK: [tea-bag, teapot, tea tin, tea zebra]
ICU: [tea tin, tea zebra, tea-bag, teapot]
found by binary search: false
tea pot equals teapot: JDK true, ICU false
re-sort equals resort: JDK true, ICU false
SEEN
echo "as described"
