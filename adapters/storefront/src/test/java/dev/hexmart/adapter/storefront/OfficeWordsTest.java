package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OfficeWordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void statesHaveDifferentWords() {
        assertThat(PaymentStatus.values()).extracting(OfficeWords::status).doesNotHaveDuplicates();
        assertThat(StockMovement.Kind.values()).extracting(OfficeWords::kind).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"3, +3", "0, 0", "-4, \u22124"})
    void changeIsWrittenWithItsSign(int change, String written) {
        assertThat(OfficeWords.signed(change)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"tenant.0000abcd-12345678, 0000abcd-12345678, 12345678", "tenant.cafe, cafe, ANT.CAFE", "bob, bob, BOB"
    })
    void customerIsShortenedToTheEndOfTheId(String id, String customer, String code) {
        assertThat(OfficeWords.customer(id)).isEqualTo(customer);
        assertThat(OfficeWords.customerCode(id)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(StockMovement.Kind.class)
    void onlyAdjustedStockIsNotMovedByAnOrder(StockMovement.Kind kind) {
        StockMovement movement = new StockMovement(new ProductId(new UUID(0, 1)), kind, 1, 0, "counted again", NOON);
        assertThat(OfficeWords.byOrder(movement)).isEqualTo(kind != StockMovement.Kind.ADJUSTED);
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void stepHasANoteWhereItEndsTheOrder(OrderStatus status) {
        Page.Step step = new Page.Step(status, NOON, "Asked for by phone");
        boolean end = status == OrderStatus.CANCELLED || status == OrderStatus.REFUNDED;
        assertThat(OfficeWords.note(OrderWordsTest.order(status, step), step))
                .isEqualTo(end ? Optional.of("Asked for by phone") : Optional.empty());
    }

    @Test
    void repeatedStatusHasNoNoteBesideItsHeading() {
        Page.Step first = new Page.Step(OrderStatus.REFUNDED, NOON, "Refunded");
        Page.Step second = new Page.Step(OrderStatus.REFUNDED, NOON.plusSeconds(1), "Refund confirmed");
        assertThat(OfficeWords.note(OrderWordsTest.order(OrderStatus.REFUNDED, first, second), second))
                .isEmpty();
    }

    @Test
    void unknownServiceIsShownByItsOwnName() {
        assertThat(OfficeWords.service("payments")).isEqualTo("Payments");
        assertThat(OfficeWords.service(OfficePage.Lot.DEAD_LETTERS)).isEqualTo("Dead letters");
        assertThat(OfficeWords.service("shipping")).isEqualTo("shipping");
    }
}
