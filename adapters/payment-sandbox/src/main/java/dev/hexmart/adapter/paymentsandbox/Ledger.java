package dev.hexmart.adapter.paymentsandbox;

import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Blocked;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Captured;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Declined;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.PartRefunded;
import dev.hexmart.adapter.paymentsandbox.LedgerEntry.Refunded;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The provider's books, which outlive a restart of the shop where they are given a file, and are the same for all processes with
 * that file.
 *
 * <p>A real provider is another system: what it has captured it has captured, whatever becomes of us. So the books are
 * written through to the disk before an answer is given, one tab-separated line for each change; one process at a time reads
 * what the others have written, decides and writes.
 */
public final class Ledger {

    /** The lock of a file keeps out other processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Map<OrderId, LedgerEntry> entries = new HashMap<>();
    private final Optional<Path> file;

    /** As many bytes of the file as the entries are of. */
    private long known;

    private Ledger(Optional<Path> file) {
        this.file = file;
    }

    public static Ledger inMemory() {
        return new Ledger(Optional.empty());
    }

    /** Opens the books in the file, which is made if it is not there; a last line cut short by a crash is dropped. */
    public static Ledger in(Path file) {
        Ledger ledger = new Ledger(Optional.of(file));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox provider's books cannot be made: " + file, e);
        }
        ledger.all();
        return ledger;
    }

    synchronized Optional<LedgerEntry> find(OrderId order) {
        return alone(books -> Optional.ofNullable(entries.get(order)));
    }

    synchronized LedgerEntry change(OrderId order, Function<Optional<LedgerEntry>, LedgerEntry> change) {
        return alone(books -> {
            Optional<LedgerEntry> before = Optional.ofNullable(entries.get(order));
            LedgerEntry after = change.apply(before);
            if (!before.equals(Optional.of(after))) {
                books.write(after);
                entries.put(order, after);
            }
            return after;
        });
    }

    synchronized Map<OrderId, LedgerEntry> all() {
        return alone(books -> Map.copyOf(entries));
    }

    /** Writes an entry before it counts. */
    @FunctionalInterface
    private interface Writing {
        void write(LedgerEntry entry);
    }

    /** Does something with all entries that there are, while no other process changes them. */
    private <R> R alone(Function<Writing, R> work) {
        if (file.isEmpty()) {
            return work.apply(_ -> {});
        }
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(
                        file.get(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DSYNC);
                FileLock _ = channel.lock()) {
            read(channel);
            return work.apply(entry -> write(channel, entry));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox provider's books cannot be read: " + file.get(), e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void read(FileChannel channel) throws IOException {
        ByteBuffer unread = ByteBuffer.allocate(Math.toIntExact(channel.size() - known));
        channel.position(known);
        while (unread.hasRemaining() && channel.read(unread) >= 0) {}
        String written = new String(unread.array(), 0, unread.position(), StandardCharsets.UTF_8);
        String whole = written.substring(0, written.lastIndexOf('\n') + 1);
        whole.lines().map(Ledger::parse).forEach(entry -> entries.put(entry.order(), entry));
        known += whole.getBytes(StandardCharsets.UTF_8).length;
        if (channel.size() > known) {
            channel.truncate(known);
        }
    }

    private void write(FileChannel channel, LedgerEntry entry) {
        try {
            ByteBuffer line = StandardCharsets.UTF_8.encode(format(entry) + "\n");
            channel.position(known);
            while (line.hasRemaining()) {
                channel.write(line);
            }
            known = channel.position();
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox provider's books cannot be written: " + file.orElseThrow(), e);
        }
    }

    private static String format(LedgerEntry entry) {
        return switch (entry) {
            case Captured(var order, var attempt, var amount, var reference) ->
                String.join("\t", "captured", order.toString(), format(amount), reference, String.valueOf(attempt));
            case PartRefunded(var order, var attempt, var amount, var reference, var sum, var number) ->
                String.join(
                        "\t",
                        "part-refunded",
                        order.toString(),
                        format(amount),
                        reference,
                        String.valueOf(attempt),
                        String.valueOf(sum.amount()),
                        String.valueOf(number));
            case Refunded(var order, var amount, var reference) ->
                String.join("\t", "refunded", order.toString(), format(amount), reference);
            case Declined(var order, var attempt, var reason) ->
                String.join("\t", "declined", order.toString(), reason, String.valueOf(attempt));
            case Blocked(var order) -> String.join("\t", "blocked", order.toString());
        };
    }

    private static String format(Money amount) {
        return amount.amount() + "\t" + amount.currency().code();
    }

    /** Books of the time when an order had one attempt do not say which it was. */
    private static int attempt(String[] field, int place) {
        return field.length > place ? Integer.parseInt(field[place]) : 1;
    }

    private static LedgerEntry parse(String line) {
        String[] field = line.split("\t", -1);
        OrderId order = OrderId.parse(field[1]);
        return switch (field[0]) {
            case "captured" ->
                new Captured(order, attempt(field, 5), Money.of(Long.parseLong(field[2]), field[3]), field[4]);
            case "part-refunded" ->
                new PartRefunded(
                        order,
                        attempt(field, 5),
                        Money.of(Long.parseLong(field[2]), field[3]),
                        field[4],
                        Money.of(Long.parseLong(field[6]), field[3]),
                        Integer.parseInt(field[7]));
            case "refunded" -> new Refunded(order, Money.of(Long.parseLong(field[2]), field[3]), field[4]);
            case "declined" -> new Declined(order, attempt(field, 3), field[2]);
            case "blocked" -> new Blocked(order);
            default ->
                throw new IllegalStateException("The sandbox provider's books have a line of unknown kind: " + line);
        };
    }
}
