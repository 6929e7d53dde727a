package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.payment.OrderDirectory;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;

/** The customer's orders, read from the orders service. */
public final class HttpOrderDirectory implements OrderDirectory {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration WAIT = Duration.ofMillis(2500);

    private final ServiceClient orders;

    public HttpOrderDirectory(ServiceClient orders) {
        this.orders = orders;
    }

    @Override
    public Payable find(OrderId order, Credential customer) {
        long end = System.nanoTime() + WAIT.toNanos();
        Payable answer = ask(order, customer);
        while (answer instanceof Payable.NotYet && System.nanoTime() - end < 0) {
            pause();
            answer = ask(order, customer);
        }
        return answer;
    }

    private Payable ask(OrderId order, Credential customer) {
        return orders.get("/orders/" + order, customer)
                .found(HttpOrderDirectory::payable)
                .orElseGet(Payable.NotFound::new);
    }

    private static Payable payable(JsonInput order) {
        var members = order.members();
        var status = members.required("status", value -> OrderStatus.valueOf(value.text()));
        var customer = members.required("userId", value -> CustomerId.parse(value.text()));
        var total = members.required("total", MoneyJson::read);
        return members.build(() -> switch (status.get()) {
            case PENDING -> new Payable.NotYet();
            case RESERVED -> new Payable.Yes(customer.get(), total.get());
            case PAID -> new Payable.NoLonger(End.PAID);
            case CANCELLED -> new Payable.NoLonger(End.CANCELLED);
            case REFUNDED -> new Payable.NoLonger(End.REFUNDED);
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("Interrupted while waiting for the order", e);
        }
    }
}
