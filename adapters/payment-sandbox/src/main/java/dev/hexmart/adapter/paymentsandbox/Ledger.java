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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The provider's books, which outlive a restart of the shop where they are given a file.
 *
 * <p>A real provider is another system: what it has captured it has captured, whatever becomes of us. So the books are
 * written through to the disk before an answer is given, one tab-separated line for each change.
 */
public final class Ledger {

    private final Map<OrderId, LedgerEntry> entries = new HashMap<>();
    private final Optional<Path> file;

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
            String written = Files.exists(file) ? Files.readString(file) : "";
            String whole = written.substring(0, written.lastIndexOf('\n') + 1);
            whole.lines().map(Ledger::parse).forEach(entry -> ledger.entries.put(entry.order(), entry));
            if (whole.length() < written.length()) {
                Files.writeString(file, whole);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox provider's books cannot be read: " + file, e);
        }
        return ledger;
    }

    synchronized Optional<LedgerEntry> find(OrderId order) {
        return Optional.ofNullable(entries.get(order));
    }

    synchronized LedgerEntry change(OrderId order, Function<Optional<LedgerEntry>, LedgerEntry> change) {
        Optional<LedgerEntry> before = find(order);
        LedgerEntry after = change.apply(before);
        if (!before.equals(Optional.of(after))) {
            write(after);
            entries.put(order, after);
        }
        return after;
    }

    synchronized Map<OrderId, LedgerEntry> all() {
        return Map.copyOf(entries);
    }

    private void write(LedgerEntry entry) {
        file.ifPresent(path -> {
            try {
                Files.write(
                        path,
                        (format(entry) + "\n").getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.DSYNC);
            } catch (IOException e) {
                throw new UncheckedIOException("The sandbox provider's books cannot be written: " + path, e);
            }
        });
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
