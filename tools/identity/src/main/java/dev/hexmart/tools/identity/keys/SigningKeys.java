package dev.hexmart.tools.identity.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys that are published, the newest but one of which signs.
 *
 * <p>The newest waits for its turn, published ahead as Entra ID's are: a client that has fetched the keys knows it when a
 * rotation brings it into use, and need not fetch them again at once. Older ones stay published for the tokens that they
 * signed. All of them are kept in a folder, if there is one.
 */
public final class SigningKeys {

    /** Limits the response of the key endpoint after many rotations. */
    private static final int MOST_PUBLISHED = 6;

    private static final String SUFFIX = ".pkcs8";

    private final Optional<Path> folder;

    /** Oldest first. */
    private final List<SigningKey> keys = new ArrayList<>();

    private int lastNumber;

    private SigningKeys(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Reads the stored keys; without any, the first ones are made in the background, since that may take a second. */
    public static SigningKeys open(Optional<Path> folder) {
        SigningKeys keys = new SigningKeys(folder);
        folder.ifPresent(keys::load);
        Thread.ofPlatform().daemon().name("first-signing-keys").start(keys::current);
        return keys;
    }

    public synchronized SigningKey current() {
        haveTheNext();
        return keys.get(keys.size() - 2);
    }

    public synchronized List<SigningKey> published() {
        haveTheNext();
        return List.copyOf(keys);
    }

    public synchronized Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Brings the next key into use, and makes the one after it. */
    public synchronized SigningKey rotate() {
        haveTheNext();
        add(SigningKey.generate());
        return current();
    }

    private void haveTheNext() {
        while (keys.size() < 2) {
            add(SigningKey.generate());
        }
    }

    private void add(SigningKey key) {
        lastNumber++;
        folder.ifPresent(into -> store(key, into));
        keys.add(key);
        if (keys.size() > MOST_PUBLISHED) {
            keys.removeFirst();
        }
    }

    private synchronized void load(Path from) {
        try {
            Files.createDirectories(from);
            for (Path file : stored(from)) {
                keys.add(SigningKey.decode(Files.readAllBytes(file)));
                lastNumber = Integer.parseInt(file.getFileName().toString().replace(SUFFIX, ""));
            }
        } catch (IOException | GeneralSecurityException | ClassCastException e) {
            throw new IllegalStateException(
                    "The signing keys in %s cannot be read (%s). Delete the folder to get new ones, or name another."
                            .formatted(from, e),
                    e);
        }
    }

    private void store(SigningKey key, Path into) {
        try {
            // A temporary file is its owner's alone, and atomically moved it is never seen half-written.
            Path temporary = Files.createTempFile(into, "key", ".new");
            Files.write(temporary, key.encode());
            Files.move(temporary, into.resolve("%06d%s".formatted(lastNumber, SUFFIX)), StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = stored(into);
            for (Path outdated : all.subList(0, Math.max(0, all.size() - MOST_PUBLISHED))) {
                Files.delete(outdated);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key cannot be stored in " + into, e);
        }
    }

    private static List<Path> stored(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{6}" + Pattern.quote(SUFFIX)))
                    .sorted()
                    .toList();
        }
    }
}
