package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.tools.identity.keys.Base64Url;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A page for people; everything that came from outside is escaped, and only the page's own script and style may run.
 *
 * @param formTarget the one place to which a form on the page may be sent
 * @param frames the pages of others that may be loaded within the page
 * @param nonce what the page's own script and style are known by
 */
record Page(String title, String content, String formTarget, String frames, String nonce) {

    private static final String NONE = "'none'";

    private static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #f2f2f2; margin: 0; }
            main { max-width: 26rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: .5rem;
                   box-shadow: 0 2px 8px #0002; }
            h1 { font-size: 1.4rem; margin: 0 0 1rem; }
            ul { list-style: none; margin: 0; padding: 0; }
            a.user { display: block; padding: .75rem 1rem; margin: .5rem 0; border: 1px solid #767676;
                     border-radius: .25rem; color: inherit; text-decoration: none; }
            a.user:hover, a.user:focus { border-color: #0b57d0; outline: 2px solid #0b57d0; }
            small { display: block; color: #595959; }
            """;

    /** Offers all users; choosing one repeats the request with that one's name. */
    static Page signIn(Directory directory, Parameters request) {
        String users = directory.users().stream()
                .map(user -> """
                        <li><a class="user" id="user-%s" href="?%s">%s<small>%s%s</small></a></li>
                        """.formatted(
                                escape(user.login()),
                                escape(Parameters.format(withUser(request, user))),
                                escape(user.displayName()),
                                escape(user.userPrincipalName()),
                                user.roles().isEmpty() ? "" : escape(" · " + String.join(", ", user.roles()))))
                .collect(Collectors.joining());
        return plain("Sign in to Hexmart", """
                <p>A local stand-in for Entra ID: no password is required.</p>
                <ul>
                %s</ul>
                """.formatted(users));
    }

    /** Sends the answer by a form that submits itself ({@code response_mode=form_post}). */
    static Page formPost(String redirectUri, Map<String, String> answer) {
        String fields = answer.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
                        .formatted(escape(field.getKey()), escape(field.getValue())))
                .collect(Collectors.joining());
        String nonce = Base64Url.random(16);
        String content = """
                <form method="post" action="%s">
                %s<button>Continue</button>
                </form>
                <script nonce="%s">document.forms[0].submit()</script>
                """.formatted(escape(redirectUri), fields, nonce);
        return new Page("Signing in", content, redirectUri, NONE, nonce);
    }

    /** Lets the browser call all front-channel logout URLs before it is redirected. */
    static Page signingOut(BrowserSessions.Session ended, Optional<String> target) {
        String nonce = Base64Url.random(16);
        String frames = ended.toldOfItsEnd().stream()
                .map(address -> "<iframe hidden src=\"%s?sid=%s\"></iframe>\n".formatted(escape(address), ended.id()))
                .collect(Collectors.joining());
        String onwards =
                target.map(uri -> """
                <p><a id="onwards" href="%s">Go on</a></p>
                <script nonce="%s">
                const goOn = () => location.replace(document.getElementById('onwards').href);
                // When all frames are there, or one of them takes too long.
                addEventListener('load', goOn);
                setTimeout(goOn, 2000);
                </script>
                """.formatted(escape(uri), nonce)).orElse("<p>This window can be closed.</p>\n");
        return new Page("You are signed out", onwards + frames, NONE, String.join(" ", ended.toldOfItsEnd()), nonce);
    }

    static Page signedOut() {
        return plain("You are signed out", "<p>This window can be closed.</p>\n");
    }

    static Page refusal(Refusal refusal) {
        return plain("Sorry, that did not work", "<p>%s</p>\n".formatted(escape(refusal.description())));
    }

    private static Page plain(String title, String content) {
        return new Page(title, content, NONE, NONE, Base64Url.random(16));
    }

    void send(ServerResponse res) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style nonce="%s">%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s</main>
                </body>
                </html>
                """.formatted(title, nonce, STYLE, title, content);
        res.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.header("Referrer-Policy", "no-referrer");
        res.header("X-Content-Type-Options", "nosniff");
        res.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'nonce-%s'; script-src 'nonce-%s'; form-action %s; frame-src %s; base-uri 'none'; frame-ancestors 'none'"
                        .formatted(nonce, nonce, formTarget, frames.isEmpty() ? NONE : frames));
        res.send(html.getBytes(UTF_8));
    }

    private static Map<String, String> withUser(Parameters request, User user) {
        Map<String, String> parameters = new HashMap<>(request.values());
        parameters.remove("prompt");
        parameters.put("login_hint", user.login());
        return parameters;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
