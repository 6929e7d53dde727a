package dev.hexmart.tools.micro;

import dev.hexmart.application.catalog.SearchWords;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the core decides for each order and each search. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {

    private static final UUID ID = UUID.fromString("5b1f6f0a-1c1d-4b7e-8a54-0d1f2a3b4c5d");

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Purchase purchase = new Purchase(
            new OrderId(ID),
            new CustomerId(ID, ID),
            List.of(new OrderLine(new ProductId(ID), "Enamel Camp Kettle", Money.of(3450, "EUR"), Quantity.of(2))),
            Optional.of(new PaymentMethod("card-ok")),
            now,
            now.plus(Duration.ofMinutes(15)));
    private final Order placed = CheckoutProcess.place(purchase).order();
    private final StockReserved reserved = new StockReserved(new OrderId(ID));

    /** A purchase becomes an order and its first message. */
    @Benchmark
    public Transition placeOrder() {
        return CheckoutProcess.place(purchase);
    }

    /** The answer of the catalog takes the order on. */
    @Benchmark
    public Transition takeOrderOn() {
        return CheckoutProcess.on(placed, reserved, now);
    }

    /** The words by which a product is found. */
    @Benchmark
    public Set<String> searchWords() {
        return SearchWords.of("Enamel Camp Kettle", "Holds a litre and a half, and is at home on any fire.");
    }

    /** What is typed into the search field. */
    @Benchmark
    public List<SearchWords.Term> searchTerms() {
        return SearchWords.terms("enamel kettle 1.5");
    }
}
