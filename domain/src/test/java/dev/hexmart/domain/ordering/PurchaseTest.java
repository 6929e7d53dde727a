package dev.hexmart.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void itsTotalIsTheSumOfItsLines() {
        Purchase purchase = of(line(1999, 2), line(1, 99));
        assertThat(purchase.lines()).extracting(OrderLine::total).containsExactly(eur(3998), eur(99));
        assertThat(purchase.total()).isEqualTo(eur(4097));
    }

    @Test
    void itsItemsAreItsLinesWithoutPrices() {
        OrderLine line = line(1999, 2);
        assertThat(of(line).items()).containsExactly(new LineItem(line.product(), Quantity.of(2)));
    }

    @Test
    void aTotalUpToTheMostThatJavaScriptReadsUnchangedIsOrdered() {
        assertThat(of(line(Money.MAX_PAYABLE, 1)).total()).isEqualTo(eur(9_007_199_254_740_991L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(line(Money.MAX_PAYABLE, 1), line(1, 1)))
                .withMessageContaining("9007199254740991");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPY", "EUR", "KWD", "UYW"})
    void theTotalOfAFullCartAtTheHighestPriceIsExact(String code) {
        Money highest = new Money(ProductDetails.maxPrice(Currency.of(code)), Currency.of(code));
        List<OrderLine> lines = Stream.generate(() -> line(highest, Quantity.MAX))
                .limit(LineItems.MAX_LINES)
                .toList();
        assertThat(Purchase.total(lines).amount())
                .isEqualTo(highest.amount() * 9900)
                .isLessThanOrEqualTo(Money.MAX_AMOUNT);
    }

    @Test
    void itsLinesAreInOneCurrency() {
        OrderLine yen =
                new OrderLine(new ProductId(UUID.randomUUID()), "Kettle", Money.of(1999, "JPY"), Quantity.of(1));
        assertThatIllegalArgumentException().isThrownBy(() -> of(line(1999, 1), yen));
    }

    @Test
    void purchaseValidatesItsLines() {
        OrderLine line = line(1999, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> of());
        assertThatIllegalArgumentException().isThrownBy(() -> of(line, line));
    }

    @Test
    void paymentDeadlineIsAfterTheOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> payableUntil(NOON));
        assertThatIllegalArgumentException().isThrownBy(() -> payableUntil(NOON.minusSeconds(1)));
        assertThat(payableUntil(NOON.plusNanos(1)).payBy()).isAfter(NOON);
    }

    @Test
    void purchaseLinesAreImmutable() {
        List<OrderLine> lines = new ArrayList<>(List.of(line(1999, 1)));
        Purchase purchase =
                new Purchase(newOrder(), newCustomer(), lines, Optional.empty(), NOON, NOON.plusSeconds(900));
        lines.clear();
        assertThat(purchase.lines()).hasSize(1);
    }

    private static Purchase of(OrderLine... lines) {
        return new Purchase(newOrder(), newCustomer(), List.of(lines), Optional.empty(), NOON, NOON.plusSeconds(900));
    }

    private static Purchase payableUntil(Instant payBy) {
        return new Purchase(newOrder(), newCustomer(), List.of(line(1, 1)), Optional.empty(), NOON, payBy);
    }

    private static OrderLine line(long price, int quantity) {
        return line(eur(price), quantity);
    }

    private static OrderLine line(Money price, int quantity) {
        return new OrderLine(new ProductId(UUID.randomUUID()), "Kettle", price, Quantity.of(quantity));
    }

    private static Money eur(long amount) {
        return Money.of(amount, "EUR");
    }

    private static OrderId newOrder() {
        return new OrderId(UUID.randomUUID());
    }

    private static CustomerId newCustomer() {
        return new CustomerId(UUID.randomUUID(), UUID.randomUUID());
    }
}
