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
        return violations(browser, """
                { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }
                """);
    }

    /** What is against the rules about colors, on a page of which the others are known to hold. */
    static List<String> violationsByColor(ChromeDriver browser) {
        return violations(browser, """
                { type: "rule", values: ["color-contrast", "link-in-text-block"] }
                """);
    }

    private static List<String> violations(ChromeDriver browser, String rules) {
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        // In the middle of a transition, which a changed color scheme starts too, a contrast is no final one.
        browser.executeScript("document.getAnimations().forEach((animation) => animation.finish())");
        if (Boolean.FALSE.equals(browser.executeScript("return 'axe' in window"))) {
            browser.executeScript(SCRIPT);
        }
        Object found = browser.executeAsyncScript("""
                const done = arguments[0];
                // Of the rules that hold, details of no element are wanted.
                axe.run(document, { runOnly: %s, resultTypes: ["violations"] }).then(
                  (results) => done(results.violations.map(
                    (v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " " + (n.failureSummary ?? "")).join("; "))),
                  (failure) => done(["axe failed: " + failure]));
                """.formatted(rules));
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
