package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.payment.OrderDirectory;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import jakarta.json.JsonObject;
import java.time.Duration;

/** The orders, as the orders service tells them to their customer. */
public final class HttpOrderDirectory implements OrderDirectory {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int QUESTIONS = 50;

    private final ServiceClient orders;

    public HttpOrderDirectory(ServiceClient orders) {
        this.orders = orders;
    }

    @Override
    public Payable find(OrderId order, Credential customer) {
        Payable answer = ask(order, customer);
        for (int asked = 1; answer instanceof Payable.NotYet && asked < QUESTIONS; asked++) {
            pause();
            answer = ask(order, customer);
        }
        return answer;
    }

    private Payable ask(OrderId order, Credential customer) {
        Answer answer = orders.get("/orders/" + order, customer);
        return switch (answer.status()) {
            case 200 -> read(answer.body().asJsonObject());
            case 404 -> new Payable.Unknown();
            default -> throw orders.unexpected(answer);
        };
    }

    private static Payable read(JsonObject order) {
        String status = order.getString("status");
        return switch (status) {
            case "PENDING" -> new Payable.NotYet();
            case "RESERVED" -> {
                JsonObject total = order.getJsonObject("total");
                yield new Payable.Yes(
                        CustomerId.parse(order.getString("userId")),
                        Money.of(total.getJsonNumber("amount").longValueExact(), total.getString("currency")));
            }
            default -> new Payable.NoLonger("The order is " + status);
        };
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
