package dev.hexmart.adapter.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The storefront's files, which lie on the class path and nowhere else. */
public final class StaticFiles {

    private static final String FOLDER = "/storefront";
    /** Names of plain words only, so that no path leads out of the folder. */
    private static final Pattern PATH = Pattern.compile("(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+\\.([a-z0-9]+)");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "svg", "image/svg+xml",
            "png", "image/png",
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private StaticFiles() {}

    /** A file as it goes out. */
    public record StaticFile(String mediaType, byte[] bytes) {}

    /** @param path such as {@code /images/logo.svg} */
    public static Optional<StaticFile> find(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(MEDIA_TYPES.get(matcher.group(1))).flatMap(type -> load(path, type));
    }

    private static Optional<StaticFile> load(String path, String mediaType) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(FOLDER + path)) {
            return in == null ? Optional.empty() : Optional.of(new StaticFile(mediaType, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
