package dev.hexmart.adapter.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    private static final String PICTURES = "/images/products";

    private StaticFiles() {}

    /** The pictures that a product can have, by their paths. */
    public static List<String> pictures() {
        try {
            URI folder = Optional.ofNullable(StaticFiles.class.getResource(FOLDER + PICTURES))
                    .orElseThrow()
                    .toURI();
            if (!folder.getScheme().equals("jar")) {
                return pictures(Path.of(folder));
            }
            Path jar = Path.of(URI.create(folder.getSchemeSpecificPart().replaceFirst("!.*", "")));
            try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                return pictures(inside.getPath(FOLDER + PICTURES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> PICTURES + "/" + file.getFileName())
                    .sorted()
                    .toList();
        }
    }

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
