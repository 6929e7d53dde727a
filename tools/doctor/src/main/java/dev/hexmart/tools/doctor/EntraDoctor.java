package dev.hexmart.tools.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.hexmart.adapter.entra.AuthorityHttp;
import dev.hexmart.adapter.entra.AuthorityObserver;
import dev.hexmart.adapter.entra.ClientSecret;
import dev.hexmart.adapter.entra.EntraSettings;
import dev.hexmart.adapter.entra.EntraTokenVerifier;
import dev.hexmart.adapter.entra.PublishedKeys;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries whether a tenant, its app registration and our settings fit together, and says what to do where they do not. */
public final class EntraDoctor {

    private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");

    /** What to do about the errors that come of a setting; Entra ID's own words tell what, but not where. */
    private static final Map<String, String> ADVICE = Map.of(
            "7000215",
                    "set ENTRA_CLIENT_SECRET to the secret's value, not to its ID; a value that is lost needs a new secret",
            "7000222",
                    "the secret has expired: add one under Certificates & secrets, and set ENTRA_CLIENT_SECRET to its value",
            "700016",
                    "the tenant has no such app: set ENTRA_CLIENT_ID to the Application (client) ID of the registration, and"
                            + " ENTRA_TENANT_ID to the tenant that it is in",
            "90002", "there is no such tenant: set ENTRA_TENANT_ID to the Directory (tenant) ID of the registration",
            "900023", "there is no such tenant: set ENTRA_TENANT_ID to the Directory (tenant) ID of the registration",
            "500011",
                    "the registration has no enterprise application in this tenant: sign in once, or run az ad sp create"
                            + " --id <client id>",
            "501051", "under Enterprise applications, Properties, set Assignment required to No, or assign a role");

    private final Map<String, String> environment;
    private final Consumer<String> out;
    private boolean healthy = true;

    private EntraDoctor(Map<String, String> environment, Consumer<String> out) {
        this.environment = environment;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(examine(System.getenv(), System.out::println) ? 0 : 1);
    }

    /** Says a line for each check; whether all is well. */
    static boolean examine(Map<String, String> environment, Consumer<String> out) {
        EntraDoctor doctor = new EntraDoctor(environment, out);
        doctor.examine();
        return doctor.healthy;
    }

    private void examine() {
        Optional<UUID> tenant = guid("ENTRA_TENANT_ID", "Directory (tenant) ID");
        Optional<UUID> client = guid("ENTRA_CLIENT_ID", "Application (client) ID");
        Optional<ClientSecret> secret = secret();
        Optional<URI> authority = authority();
        if (tenant.isEmpty() || client.isEmpty() || secret.isEmpty() || authority.isEmpty()) {
            out.accept("         the rest can be tried when these are mended");
            return;
        }
        EntraSettings settings = EntraSettings.of(authority.get(), tenant.get(), client.get());
        try (AuthorityHttp http = new AuthorityHttp(settings.authority(), AuthorityObserver.NONE)) {
            if (metadata(http, settings) && keys(http, settings)) {
                token(http, settings, secret.get()).ifPresent(token -> verify(settings, token));
            }
        }
        out.accept(
                "         %s/callback has to be among the registration's redirect URIs of type Web, which only signing in can try"
                        .formatted(find("PUBLIC_URL").orElse("http://localhost:8080")));
    }

    private Optional<UUID> guid(String variable, String name) {
        String advice = "set it to the \"%s\" on the overview page of the app registration".formatted(name);
        Optional<String> value = find(variable);
        if (value.isEmpty()) {
            return wrong(variable + " is not set", advice);
        }
        try {
            UUID guid = UUID.fromString(value.get());
            if (guid.toString().equalsIgnoreCase(value.get())) {
                return good(variable + " is a GUID", guid);
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        return wrong(variable + " is no GUID", advice);
    }

    private Optional<ClientSecret> secret() {
        String variable = "ENTRA_CLIENT_SECRET";
        Optional<String> value = find(variable);
        if (value.isEmpty()) {
            return wrong(
                    variable + " is not set",
                    "add a client secret under Certificates & secrets, and set it to the secret's value");
        }
        if (value.get().matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return wrong(variable + " is a GUID", "that is the secret's ID: set it to the secret's value");
        }
        return good(variable + " is set", new ClientSecret(value.get()));
    }

    private Optional<URI> authority() {
        String variable = "ENTRA_AUTHORITY";
        try {
            URI authority = find(variable).map(URI::create).orElse(EntraSettings.PUBLIC_CLOUD);
            EntraSettings.requireSafe(authority);
            return good("%s is %s".formatted(variable, authority), authority);
        } catch (IllegalArgumentException e) {
            return wrong(
                    variable + " is no authority",
                    "unset it for Entra ID's public cloud, or set it to https://<host> (https://<name>.ciamlogin.com for"
                            + " External ID), or to http://localhost:<port> for the local identity provider, without a"
                            + " path");
        }
    }

    private boolean metadata(AuthorityHttp http, EntraSettings settings) {
        Optional<Map<String, Object>> metadata =
                ask(http, HttpRequest.newBuilder(settings.metadata()).build(), "the tenant's metadata");
        if (metadata.isEmpty()) {
            return false;
        }
        Object issuer = metadata.get().get("issuer");
        if (issuer == null || !settings.possibleIssuers().contains(issuer)) {
            wrong(
                    "the tenant's tokens are issued by %s, not by %s"
                            .formatted(issuer, String.join(" or ", new TreeSet<>(settings.possibleIssuers()))),
                    "set ENTRA_AUTHORITY and ENTRA_TENANT_ID so that the issuer is one of these");
            return false;
        }
        boolean external = issuer.toString().contains("//" + settings.tenantId() + ".");
        good("the tenant is one of %s, and its issuer is %s"
                .formatted(external ? "Entra External ID" : "Entra ID", issuer));
        return true;
    }

    private boolean keys(AuthorityHttp http, EntraSettings settings) {
        Optional<Map<String, Object>> keys =
                ask(http, HttpRequest.newBuilder(settings.keys()).build(), "the tenant's keys");
        if (keys.isEmpty()) {
            return false;
        }
        int usable = 0;
        try {
            PublishedKeys published = PublishedKeys.read(keys.get());
            usable = published.usable().size();
            published.skipped().forEach(key -> out.accept("         a key is not used, which costs no other: " + key));
        } catch (ParseException _) {
            // reported below
        }
        if (usable == 0) {
            wrong(
                    "the tenant publishes no RSA key of 2048 bits or more",
                    "ask the operator of " + settings.authority());
            return false;
        }
        good("the tenant's keys are there: " + usable);
        return true;
    }

    private Optional<String> token(AuthorityHttp http, EntraSettings settings, ClientSecret secret) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
                .formatted(settings.clientId(), encode(secret.value()), encode(settings.scope(".default")));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("%s/%s/oauth2/v2.0/token".formatted(settings.authority(), settings.tenantId())))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        Optional<Map<String, Object>> answer = ask(http, request, "a token for the app itself");
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().get("access_token") instanceof String token) {
            return good("the client secret is taken", token);
        }
        return wrong("the token endpoint gives no token", "ask the operator of " + settings.authority());
    }

    private void verify(EntraSettings settings, String token) {
        try (EntraTokenVerifier verifier = EntraTokenVerifier.start(settings, InstantSource.system())) {
            switch (verifier.verify(token)) {
                case Verification.Accepted(Caller caller) ->
                    good("the services take the app's token, with the roles " + new TreeSet<>(caller.roles()));
                case Verification.Rejected(String reason) ->
                    wrong("the services do not take the app's token: " + reason, advice(reason));
            }
        } catch (TemporaryFailure e) {
            wrong("the keys could not be fetched again", "try once more");
        }
    }

    private static String advice(String reason) {
        return switch (reason) {
            case "wrong ver" ->
                "set api.requestedAccessTokenVersion to 2 in the registration's manifest; it takes some minutes";
            case "expired", "not valid yet" -> "set this machine's clock";
            case "wrong iss" ->
                "a tenant of External ID has an authority of its own: set ENTRA_AUTHORITY to https://<name>.ciamlogin.com";
            default ->
                reason.startsWith("neither")
                        ? "add the optional claim idtyp to access tokens, under Token configuration"
                        : "compare the registration with docs/entra.md";
        };
    }

    /** What is answered, if it is good. */
    private Optional<Map<String, Object>> ask(AuthorityHttp http, HttpRequest request, String what) {
        try {
            HttpResponse<String> answer = http.send(request);
            if (answer.statusCode() == 200) {
                return Optional.of(JSONObjectUtils.parse(answer.body()));
            }
            return refused(what, answer);
        } catch (IOException e) {
            return wrong(
                    "%s cannot be had: %s".formatted(what, e.getMessage()),
                    "check ENTRA_AUTHORITY, and that this machine gets out, through its proxy if there is one");
        } catch (ParseException e) {
            return wrong(
                    "%s cannot be read".formatted(what), "check ENTRA_AUTHORITY: does a proxy answer in its place?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return wrong(what + " was not waited for", "try once more");
        }
    }

    private Optional<Map<String, Object>> refused(String what, HttpResponse<String> answer) {
        Matcher code = CODE.matcher(answer.body());
        if (!code.find()) {
            return wrong(
                    "%s is refused with status %d".formatted(what, answer.statusCode()),
                    "check ENTRA_AUTHORITY and ENTRA_TENANT_ID");
        }
        return wrong(
                "%s is refused, %s".formatted(what, code.group()),
                Optional.ofNullable(ADVICE.get(code.group(1)))
                        .orElse("https://login.microsoftonline.com/error?code=" + code.group(1)
                                + " tells what it means"));
    }

    private Optional<String> find(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private void good(String what) {
        out.accept("ok       " + what);
    }

    private <T> Optional<T> good(String what, T found) {
        good(what);
        return Optional.of(found);
    }

    private <T> Optional<T> wrong(String what, String advice) {
        healthy = false;
        out.accept("WRONG    %s: %s".formatted(what, advice));
        return Optional.empty();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
