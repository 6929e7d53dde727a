package dev.hexmart.systemtests.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;

/** The rules of axe-core, applied to the page that a browser shows. */
final class Axe {

    private static final String SCRIPT = script();

    private Axe() {}

    /** What is against the rules of WCAG 2.2 AA, or against good practice: the rule, and where. */
    static List<String> violations(ChromeDriver browser) {
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        // In the middle of a transition, which a changed color scheme starts too, a contrast is no final one.
        browser.executeScript("document.getAnimations().forEach((animation) => animation.finish())");
        browser.executeScript(SCRIPT);
        Object found = browser.executeAsyncScript("""
                const done = arguments[0];
                const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
                axe.run(document, { runOnly: tags }).then(
                  (results) => done(results.violations.map(
                    (v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " " + (n.failureSummary ?? "")).join("; "))),
                  (failure) => done(["axe failed: " + failure]));
                """);
        return ((List<?>) Optional.ofNullable(found).orElseThrow())
                .stream().map(String::valueOf).toList();
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
