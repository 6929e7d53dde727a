package dev.hexmart.systemtests;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's walk through the shop, as pasted into a shell. */
final class ReadmeWalk {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final Pattern WALK = Pattern.compile("<!-- walk -->\n```bash\n(.*?)```", Pattern.DOTALL);

    private ReadmeWalk() {}

    /** Runs it against a shop that listens elsewhere, and returns what it prints. */
    static String run(URI gateway, URI identity) throws IOException, InterruptedException {
        Matcher walk = WALK.matcher(Files.readString(README));
        if (!walk.find()) {
            throw new AssertionError("The README has no walk");
        }
        String script = walk.group(1)
                .replace("http://localhost:8080", gateway.toString())
                .replace("http://localhost:8090", identity.toString());
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return output;
    }
}
