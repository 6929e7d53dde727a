package dev.hexmart.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** What {@code infra/test-grammars} has found to read OpenAPI and AsyncAPI documents. */
final class Linter {

    private Linter() {}

    /** All that is wrong with the document by the rules of its format, one a line. */
    static String complaints(Path document) throws IOException, InterruptedException {
        Path script = Path.of(System.getenv("GRAMMARS")).resolve("lint.mjs");
        Process lint = new ProcessBuilder("node", script.toString(), document.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(lint.getInputStream().readAllBytes(), UTF_8);
        return lint.waitFor() == 0 ? "" : "The linter says:\n" + output;
    }
}
