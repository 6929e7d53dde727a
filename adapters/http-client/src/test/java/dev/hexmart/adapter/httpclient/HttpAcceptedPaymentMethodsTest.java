package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.PaymentMethodJson;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.AcceptedPaymentMethods;
import dev.hexmart.application.ordering.AcceptedPaymentMethodsContract;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

class HttpAcceptedPaymentMethodsTest extends AcceptedPaymentMethodsContract {

    private volatile List<PaymentMethodOffer> offers = List.of();
    private final StubService service =
            new StubService((_, exchange) -> Answers.json(exchange, 200, PaymentMethodJson.write(offers)));
    private final ServiceClient client = Clients.of(service);
    private final AcceptedPaymentMethods methods =
            new HttpAcceptedPaymentMethods(new PaymentMethodsReader(client, ManualClock.atNoon()));

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Override
    protected AcceptedPaymentMethods methods() {
        return methods;
    }

    @Override
    protected void accept(PaymentMethod... accepted) {
        offers = Stream.of(accepted)
                .map(method -> new PaymentMethodOffer(method, "A name of " + method, ""))
                .toList();
    }

    @Override
    protected void breakDown() {
        service.close();
    }

    @Override
    protected Credential lastCredential() {
        return service.last().credential();
    }
}
