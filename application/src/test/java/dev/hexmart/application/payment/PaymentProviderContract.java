package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer.ToCapture;
import dev.hexmart.domain.payment.ProviderAnswer.ToRefund;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link PaymentProvider} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PaymentProviderContract {

    protected abstract PaymentProvider provider();

    /** A means of payment that always pays. */
    protected abstract PaymentMethod good();

    /** A means of payment that never pays. */
    protected abstract PaymentMethod declined();

    /** A means of payment that pays, but the answer to the first question gets lost. */
    protected abstract PaymentMethod lost();

    @Test
    void offeredMethodsHaveDistinctTokensAndNames() {
        List<PaymentMethodOffer> offers = provider().methods();
        assertThat(offers).isNotEmpty().isEqualTo(provider().methods());
        assertThat(offers).extracting(PaymentMethodOffer::method).doesNotHaveDuplicates();
        assertThat(offers).extracting(PaymentMethodOffer::name).doesNotHaveDuplicates();
    }

    @Test
    void defaultMethodPaysAndAllMethodsAreOffered() {
        assertThat(provider().methods())
                .extracting(PaymentMethodOffer::method)
                .contains(good(), declined(), lost())
                .startsWith(good());
    }

    @Test
    void methodThatIsNotOfferedIsDeclined() {
        PaymentMethod unknown = new PaymentMethod("seashells");
        assertThat(provider().capture(Charges.ofAKettle(unknown))).isInstanceOf(ToCapture.Declined.class);
    }

    @Test
    void aChargeIsCaptured() {
        assertThat(provider().capture(Charges.ofAKettle(good()))).isInstanceOf(ToCapture.Captured.class);
    }

    @Test
    void eachCaptureHasANameOfItsOwn() {
        assertThat(provider().capture(Charges.ofAKettle(good())))
                .isNotEqualTo(provider().capture(Charges.ofAKettle(good())));
    }

    @Test
    void aRefusalIsAnAnswerAndTellsTheCustomerWhy() {
        ToCapture answer = provider().capture(Charges.ofAKettle(declined()));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ToCapture.Declined.class, it -> assertThat(it.reason()).isNotBlank());
    }

    @Test
    void askedAgainItGivesItsFirstAnswerAgain() {
        for (PaymentMethod method : List.of(good(), declined())) {
            Charge charge = Charges.ofAKettle(method);
            ToCapture first = provider().capture(charge);
            assertThat(provider().capture(charge)).isEqualTo(first);
            assertThat(provider().capture(charge)).isEqualTo(first);
        }
    }

    @Test
    void askedByManyAtOnceItCapturesOnce() {
        Charge charge = Charges.ofAKettle(good());
        assertThat(AtOnce.times(8, () -> provider().capture(charge)).stream().distinct())
                .hasSize(1);
    }

    @Test
    void anotherAttemptAfterADeclinedOneIsDecidedAnew() {
        Charge first = Charges.ofAKettle(declined());
        ToCapture answer = provider().capture(first);
        Charge second = Charges.next(first, declined());
        assertThat(provider().capture(second)).isInstanceOf(ToCapture.Declined.class);
        Charge third = Charges.next(second, good());
        ToCapture captured = provider().capture(third);
        assertThat(captured).isInstanceOf(ToCapture.Captured.class);
        assertThat(provider().capture(first)).isEqualTo(answer);
        assertThat(provider().capture(third)).isEqualTo(captured);
        assertThat(provider().refund(first.order())).isEqualTo(new ToRefund.Refunded());
    }

    @Test
    void ofAllAttemptsOfOneOrderAtMostOneIsCaptured() {
        Charge first = Charges.ofAKettle(good());
        ToCapture captured = provider().capture(first);
        assertThat(provider().capture(Charges.next(first, good()))).isEqualTo(captured);
        Charge lost = Charges.ofAKettle(lost());
        provider().capture(lost);
        ToCapture second = provider().capture(Charges.next(lost, good()));
        assertThat(second).isInstanceOf(ToCapture.Captured.class);
        assertThat(provider().capture(lost)).isEqualTo(second);
    }

    @Test
    void noAttemptIsCapturedAfterARefund() {
        Charge first = Charges.ofAKettle(declined());
        provider().capture(first);
        provider().refund(first.order());
        assertThat(provider().capture(Charges.next(first, good()))).isInstanceOf(ToCapture.Declined.class);
    }

    @Test
    void lostAnswerIsATimeoutAndARetryGetsTheResult() {
        Charge charge = Charges.ofAKettle(lost());
        assertThat(provider().capture(charge)).isEqualTo(new ToCapture.NoAnswer());
        assertThat(provider().capture(charge)).isInstanceOf(ToCapture.Captured.class);
    }

    @Test
    void captureWithALostAnswerIsRefunded() {
        Charge charge = Charges.ofAKettle(lost());
        provider().capture(charge);
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.Refunded());
    }

    @Test
    void repeatedRefundIsExecutedOnce() {
        Charge charge = Charges.ofAKettle(good());
        provider().capture(charge);
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.Refunded());
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.Refunded());
    }

    @Test
    void partsAreGivenBackOnceForEachNumberAndNeverMoreThanIsLeft() {
        Charge charge = Charges.ofAKettle(good());
        provider().capture(charge);
        Money most = Money.of(1500, "EUR");
        assertThat(provider().refundPart(charge.order(), 1, most)).isEqualTo(new ToRefund.Refunded());
        assertThat(provider().refundPart(charge.order(), 1, most)).isEqualTo(new ToRefund.Refunded());
        assertThat(provider().refundPart(charge.order(), 2, most)).isEqualTo(new ToRefund.NothingCaptured());
        assertThat(provider().refundPart(charge.order(), 2, Money.of(499, "EUR")))
                .isEqualTo(new ToRefund.Refunded());
        assertThat(provider().refundPart(charge.order(), 3, Money.of(1, "EUR")))
                .isEqualTo(new ToRefund.NothingCaptured());
        assertThat(provider().capture(charge)).isInstanceOf(ToCapture.Captured.class);
    }

    @Test
    void afterEverythingWasGivenBackNoPartIs() {
        Charge charge = Charges.ofAKettle(good());
        provider().capture(charge);
        Money part = Money.of(500, "EUR");
        provider().refundPart(charge.order(), 1, part);
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.Refunded());
        assertThat(provider().refundPart(charge.order(), 2, part)).isEqualTo(new ToRefund.NothingCaptured());
    }

    @Test
    void askedForOnePartByManyAtOnceItIsGivenBackOnce() {
        Charge charge = Charges.ofAKettle(good());
        provider().capture(charge);
        Money part = Money.of(1000, "EUR");
        AtOnce.times(8, () -> provider().refundPart(charge.order(), 1, part));
        assertThat(provider().refundPart(charge.order(), 2, Money.of(999, "EUR")))
                .isEqualTo(new ToRefund.Refunded());
    }

    @Test
    void partialRefundWithoutACaptureIsRefused() {
        Charge charge = Charges.ofAKettle(good());
        assertThat(provider().refundPart(charge.order(), 1, Money.of(1, "EUR")))
                .isEqualTo(new ToRefund.NothingCaptured());
    }

    @Test
    void declinedPaymentCannotBeRefunded() {
        Charge charge = Charges.ofAKettle(declined());
        provider().capture(charge);
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.NothingCaptured());
    }

    @Test
    void refundWithoutACapturePreventsLaterCaptures() {
        Charge charge = Charges.ofAKettle(good());
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.NothingCaptured());
        assertThat(provider().capture(charge)).isInstanceOf(ToCapture.Declined.class);
        assertThat(provider().refund(charge.order())).isEqualTo(new ToRefund.NothingCaptured());
    }

    @Test
    void captureAndRefundAtOnceComeToNothing() {
        for (int i = 0; i < 10; i++) {
            Charge charge = Charges.ofAKettle(good());
            AtOnce.<Object>times(
                    4,
                    it -> () -> it % 2 == 0
                            ? provider().capture(charge)
                            : provider().refund(charge.order()));
            ToRefund afterwards = provider().refund(charge.order());
            ToCapture captured = provider().capture(charge);
            assertThat(afterwards)
                    .isEqualTo(
                            captured instanceof ToCapture.Captured
                                    ? new ToRefund.Refunded()
                                    : new ToRefund.NothingCaptured());
        }
    }
}
