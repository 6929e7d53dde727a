package dev.hexmart.tools.micro;

import dev.hexmart.adapter.json.CheckoutJson;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.ProductJson;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.Map;
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

/** What requests and messages are read and written by. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private static final UUID ID = UUID.fromString("5b1f6f0a-1c1d-4b7e-8a54-0d1f2a3b4c5d");

    private final ListedProduct product = new ListedProduct(
            new Product(
                    new ProductId(ID),
                    new ProductDetails(
                            "Enamel Camp Kettle",
                            "Holds a litre and a half, pours without a drop beside the cup, and is at home on any"
                                    + " fire.",
                            new Category("kitchen"),
                            "/images/products/kettle.svg",
                            Money.of(3450, "EUR")),
                    3),
            17);
    private final String checkout =
            "{\"lines\":[{\"productId\":\"" + ID + "\",\"quantity\":2}],\"payment\":{\"method\":\"card-ok\"}}";
    private final StockReserved reserved = new StockReserved(new OrderId(ID));
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Map<String, String> trace =
            Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private final String message = MessageCodec.encode(ID, reserved, now, trace);

    /** One of the products of a page, as text. */
    @Benchmark
    public String writeProduct() {
        return ProductJson.write(product).toString();
    }

    /** The body of {@code POST /cartCheckout}. */
    @Benchmark
    public CheckoutJson.OrderRequest readCheckout() {
        return CheckoutJson.order(JsonInput.parse(checkout));
    }

    /** A message for the outbox. */
    @Benchmark
    public String writeMessage() {
        return MessageCodec.encode(ID, reserved, now, trace);
    }

    /** A message from the broker. */
    @Benchmark
    public Object readMessage() {
        return MessageCodec.decode(message);
    }
}
