#!/usr/bin/env bash
# msal4j 1.26.0 (com.microsoft.azure:msal4j), ConfidentialClientApplication at a tenant of Entra External ID.
#
# Good guess: an authority without a path is only a host. The issuer of an external tenant's tokens is https://<tenant id>.ciamlogin.com/<tenant id>/v2.0,
# so https://<tenant id>.ciamlogin.com/ is as good an authority as https://contoso.ciamlogin.com/.
#
# Seen: of https://contoso.ciamlogin.com/ msal4j makes the tenant contoso.onmicrosoft.com, and asks for tokens at
# /contoso.onmicrosoft.com/oauth2/v2.0/token. It does the same with the tenant's id: the token is asked for at
# /11111111-1111-1111-1111-111111111111.onmicrosoft.com/oauth2/v2.0/token, a domain that no tenant has. With the id as a path it is asked for at that id.
# build() asks nobody and says nothing in either case.
#
# Its own HTTP client is replaced by one that answers from memory; nothing leaves this machine but the download of the package.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>com.microsoft.azure</groupId><artifactId>msal4j</artifactId><version>1.26.0</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/jars" > "$folder/log" 2>&1 || { cat "$folder/log"; exit 2; }
cat > "$folder/Finding.java" <<'JAVA'
import com.microsoft.aad.msal4j.*;
import java.util.*;

class Finding {
    public static void main(String[] a) throws Exception {
        String id = "11111111-1111-1111-1111-111111111111";
        boolean as = seen("https://contoso.ciamlogin.com/", "/contoso.onmicrosoft.com/oauth2/v2.0/token")
                & seen("https://" + id + ".ciamlogin.com/", "/" + id + ".onmicrosoft.com/oauth2/v2.0/token")
                & seen("https://contoso.ciamlogin.com/" + id + "/", "/" + id + "/oauth2/v2.0/token");
        System.exit(as ? 0 : 1);
    }

    static boolean seen(String authority, String expected) throws Exception {
        List<String> asked = new ArrayList<>();
        IHttpClient memory = request -> {
            asked.add(request.url().getPath());
            HttpResponse answer = new HttpResponse().statusCode(200).body("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"x\"}");
            answer.addHeaders(Map.of("Content-Type", List.of("application/json")));
            return answer;
        };
        ConfidentialClientApplication application = ConfidentialClientApplication.builder(
                        "22222222-2222-2222-2222-222222222222", ClientCredentialFactory.createFromSecret("secret"))
                .authority(authority).httpClient(memory).build();
        application.acquireToken(ClientCredentialParameters.builder(Set.of("any/.default")).build()).join();
        System.out.println(authority + " -> " + asked);
        return asked.equals(List.of(expected));
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$folder/jars/*" "$folder/Finding.java" 2> "$folder/log" || { cat "$folder/log"; echo "no longer as described"; exit 1; }
