package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.cart.OrderPlacement.PlacementRequest;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.Quantity;
import dev.hexmart.domain.shared.Shortage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link OrderPlacement} keeps: question and answer come across as they are. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderPlacementContract {

    private final Credential credential = new Credential("the-customers-token");
    private final PlacementRequest request = new PlacementRequest(
            new IdempotencyKey(UUID.randomUUID().toString()),
            new CartVersion("6f1c.a0"),
            List.of(
                    new LineItem(Products.newProduct(), Quantity.of(2)),
                    new LineItem(Products.newProduct(), Quantity.of(99))),
            Optional.of(new PaymentMethod("card-ok")),
            Optional.of(Money.of(1999, "EUR")));

    protected abstract OrderPlacement placement();

    /** The orders service answers the next request with this. */
    protected abstract void theOrdersAnswer(Placement answer);

    /** From now on requests time out. */
    protected abstract void breakOrders();

    /** The last request to the orders service. */
    protected abstract PlacementRequest lastRequest();

    /** The credential of the last request to the orders service. */
    protected abstract Credential lastCredential();

    static Stream<Placement> answers() {
        return Stream.of(
                new Placement.Accepted(Purchases.newOrder(), Money.of(1999, "EUR"), false),
                new Placement.Accepted(Purchases.newOrder(), Money.of(1999, "JPY"), true),
                new Placement.PriceChanged(Money.of(2999, "EUR")),
                new Placement.UnknownProducts(List.of(Products.newProduct(), Products.newProduct())),
                new Placement.AlreadyOrdered(Purchases.newOrder()),
                new Placement.NotEnoughStock(List.of(new Shortage(Products.newProduct(), "Kettle „ünïcödé“", 3, 0))),
                new Placement.TooManyUnpaid("Pay one of them first"),
                new Placement.InFlight(),
                new Placement.OtherRequest());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAnswerComesAcrossAsItIs(Placement answer) {
        theOrdersAnswer(answer);
        assertThat(placement().place(request, credential)).isEqualTo(answer);
    }

    @Test
    void aRefusalComesAcrossWithItsReason() {
        theOrdersAnswer(new Placement.Refused("There is no such payment method"));
        assertThat(placement().place(request, credential))
                .isInstanceOfSatisfying(
                        Placement.Refused.class, it -> assertThat(it.why()).isNotBlank());
    }

    @Test
    void theRequestComesAcrossAsItIs() {
        theOrdersAnswer(new Placement.InFlight());
        placement().place(request, credential);
        assertThat(lastRequest()).isEqualTo(request);
        assertThat(lastCredential()).isEqualTo(credential);
    }

    @Test
    void optionalMembersStayAbsent() {
        PlacementRequest silent = new PlacementRequest(
                request.key(), request.cart(), request.lines(), Optional.empty(), Optional.empty());
        theOrdersAnswer(new Placement.InFlight());
        placement().place(silent, credential);
        assertThat(lastRequest()).isEqualTo(silent);
    }

    @Test
    void missingAnswerIsATemporaryFailure() {
        breakOrders();
        assertThatThrownBy(() -> placement().place(request, credential)).isInstanceOf(TemporaryFailure.class);
    }
}
