#!/usr/bin/env bash
# NumberFormat.getCompactNumberInstance of Temurin 25.0.3 (OpenJDK 17 does the same) beside ICU4J 77.1 (com.ibm.icu:icu4j), for Locale.US, SHORT:
# revenue and counts on a dashboard.
#
# Good guess: both are made from CLDR's data for short numbers, so both write 1.5K, 2.5K and 1M, as a browser's Intl.NumberFormat does.
# Real: the JDK's default has no fraction digits at all and rounds half to even, so 1,500 and 2,500 are the same "2K". What rounds up to
# a thousand thousands keeps its unit: 999,500 is "1000K". ICU writes two significant digits and goes on to the next unit.
# Seen: JDK 2K, 2K, 4K, 1000K; ICU 1.5K, 2.5K, 3.5K, 1M.
#
# Needs a JDK (17 or later), Maven and Maven Central. Exits non-zero if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=com.ibm.icu:icu4j:77.1 -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log >&2; exit 1; }

cat >Compact.java <<'JAVA'
import com.ibm.icu.text.CompactDecimalFormat;
import java.text.NumberFormat;
import java.util.Locale;

class Compact {
    public static void main(String[] args) {
        NumberFormat jdk = NumberFormat.getCompactNumberInstance(Locale.US, NumberFormat.Style.SHORT);
        CompactDecimalFormat icu = CompactDecimalFormat.getInstance(Locale.US, CompactDecimalFormat.CompactStyle.SHORT);
        for (long number : new long[] {1_500, 2_500, 3_500, 999_500}) {
            System.out.println(number + ": JDK " + jdk.format(number) + ", ICU " + icu.format(number));
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Compact.java | tee seen

diff seen - <<'SEEN'
1500: JDK 2K, ICU 1.5K
2500: JDK 2K, ICU 2.5K
3500: JDK 4K, ICU 3.5K
999500: JDK 1000K, ICU 1M
SEEN
echo "as described"
