package dev.hexmart.adapter.paymentsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.paymentsandbox.SandboxPaymentProvider.Latency;
import dev.hexmart.application.payment.Charges;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentProviderContract;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxPaymentProviderTest extends PaymentProviderContract {

    private final List<Duration> waited = new ArrayList<>();
    private final SandboxPaymentProvider provider = provider(Ledger.inMemory());

    @Override
    protected PaymentProvider provider() {
        return provider;
    }

    @Override
    protected PaymentMethod good() {
        return new PaymentMethod("card-ok");
    }

    @Override
    protected PaymentMethod declined() {
        return new PaymentMethod("card-declined");
    }

    @Override
    protected PaymentMethod lost() {
        return new PaymentMethod("card-lost");
    }

    @Test
    void aSlowCardIsCapturedAfterAWhile() {
        assertThat(provider.capture(charge("card-slow"))).isInstanceOf(ProviderAnswer.ToCapture.Captured.class);
        assertThat(waited).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aMeansOfPaymentThatItDoesNotKnowIsDeclined() {
        assertThat(provider.capture(charge("shells"))).isInstanceOf(ProviderAnswer.ToCapture.Declined.class);
    }

    @Test
    void theBooksOutliveARestart(@TempDir Path folder) {
        Path file = folder.resolve("books");
        Charge captured = charge("card-ok");
        Charge refunded = charge("card-ok");
        Charge declined = charge("card-declined");
        OrderId blocked = new OrderId(UUID.randomUUID());
        SandboxPaymentProvider before = provider(Ledger.in(file));
        var answer = before.capture(captured);
        before.capture(refunded);
        before.refund(refunded.order());
        before.capture(declined);
        Charge inPart = charge("card-ok");
        before.capture(inPart);
        before.refundPart(inPart.order(), 1, Money.of(500, "EUR"));
        before.refund(blocked);

        SandboxPaymentProvider after = provider(Ledger.in(file));
        assertThat(after.books()).isEqualTo(before.books()).hasSize(5);
        assertThat(after.capture(captured)).isEqualTo(answer);
    }

    @Test
    void booksThatKnowOfOneAttemptAnOrderAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("books");
        Charge captured = charge("card-ok");
        Charge declined = charge("card-declined");
        Files.writeString(
                file,
                "captured\t%s\t1999\tEUR\tsandbox-1\ndeclined\t%s\tNo money\n"
                        .formatted(captured.order(), declined.order()));
        SandboxPaymentProvider after = provider(Ledger.in(file));
        assertThat(after.capture(captured)).isEqualTo(new ProviderAnswer.ToCapture.Captured("sandbox-1"));
        assertThat(after.capture(declined)).isEqualTo(new ProviderAnswer.ToCapture.Declined("No money"));
        assertThat(after.capture(Charges.next(declined, captured.method())))
                .isInstanceOf(ProviderAnswer.ToCapture.Captured.class);
    }

    @Test
    void aLineThatACrashCutShortIsForgotten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("books");
        provider(Ledger.in(file)).capture(charge("card-ok"));
        Files.writeString(file, "captured\t" + UUID.randomUUID() + "\t12", StandardOpenOption.APPEND);

        SandboxPaymentProvider after = provider(Ledger.in(file));
        assertThat(after.books()).hasSize(1);
        after.capture(charge("card-ok"));
        assertThat(provider(Ledger.in(file)).books()).hasSize(2);
    }

    @Test
    void twoProcessesWithOneFileHaveTheSameBooks(@TempDir Path folder) {
        Path file = folder.resolve("books");
        SandboxPaymentProvider one = provider(Ledger.in(file));
        SandboxPaymentProvider two = provider(Ledger.in(file));
        Charge charge = charge("card-ok");
        one.capture(charge);
        assertThat(two.refund(charge.order())).isInstanceOf(ProviderAnswer.ToRefund.Refunded.class);
        assertThat(one.books()).isEqualTo(two.books());
        AtOnce.times(40, i -> () -> (i % 2 == 0 ? one : two).capture(charge("card-ok")));
        assertThat(provider(Ledger.in(file)).books())
                .hasSize(41)
                .isEqualTo(one.books())
                .isEqualTo(two.books());
    }

    private SandboxPaymentProvider provider(Ledger ledger) {
        return new SandboxPaymentProvider(
                ledger, new Latency(Duration.ofSeconds(2), Duration.ofSeconds(3), waited::add));
    }

    private static Charge charge(String method) {
        return Charge.first(
                new OrderId(UUID.randomUUID()),
                new CustomerId(UUID.randomUUID(), UUID.randomUUID()),
                Money.of(1999, "EUR"),
                new PaymentMethod(method));
    }
}
