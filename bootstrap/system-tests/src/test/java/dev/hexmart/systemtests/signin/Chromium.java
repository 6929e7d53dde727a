package dev.hexmart.systemtests.signin;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The browser that {@code infra/test-browser} has found: a new one each time, without anything that was kept. */
public final class Chromium {

    /** WebDriver's own is five minutes: a page that never loads would be reported by the test's timeout, without a word about it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    private Chromium() {}

    public static ChromeDriver open() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("CHROMIUM"))
                .addArguments(
                        "--headless=new",
                        // The only way to run it as root.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(program("CHROMEDRIVER")))
                        .build(),
                options);
        browser.manage().timeouts().pageLoadTimeout(TIMEOUT).scriptTimeout(TIMEOUT);
        return browser;
    }

    /** Keeps a picture of what the browser shows, if {@code -Dscreenshots=FOLDER} asks for pictures. */
    public static void keep(ChromeDriver browser, String name) {
        Optional.ofNullable(System.getProperty("screenshots")).ifPresent(folder -> {
            await().until(() -> browser.executeScript(
                            "return [...document.images].every(i => i.complete || i.getBoundingClientRect().top >"
                                    + " innerHeight)")
                    .equals(true));
            Map<String, Object> shot = browser.executeCdpCommand(
                    "Page.captureScreenshot", Map.of("format", "webp", "quality", 85, "optimizeForSpeed", false));
            try {
                Files.write(
                        Path.of(folder, name + ".webp"), Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String program(String variable) {
        return Optional.ofNullable(System.getenv(variable)).orElseThrow();
    }
}
