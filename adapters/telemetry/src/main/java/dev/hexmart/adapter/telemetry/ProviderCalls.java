package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import io.opentelemetry.api.trace.SpanKind;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests to the payment provider, measured and traced. */
public final class ProviderCalls {

    private static final double[] BOUNDS = {.01, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final String OUTCOME = "hexmart.payment.outcome";

    private final Telemetry telemetry;
    private final Histogram durations;

    public ProviderCalls(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.durations = telemetry
                .metrics()
                .seconds(
                        "hexmart_payment_provider_duration",
                        "Latency and outcome of requests to the payment provider",
                        BOUNDS,
                        "operation",
                        "outcome");
    }

    /** The same provider, seen at work. */
    public PaymentProvider observed(PaymentProvider provider) {
        return new PaymentProvider() {
            @Override
            public List<PaymentMethodOffer> methods() {
                return provider.methods();
            }

            @Override
            public ProviderAnswer.ToCapture capture(Charge charge) {
                return asked("capture", () -> provider.capture(charge), ProviderCalls::outcome);
            }

            @Override
            public ProviderAnswer.ToRefund refund(OrderId order) {
                return asked("refund", () -> provider.refund(order), ProviderCalls::outcome);
            }

            @Override
            public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
                return asked("refund_part", () -> provider.refundPart(order, number, part), ProviderCalls::outcome);
            }
        };
    }

    private <A> A asked(String operation, Supplier<A> question, Function<A, String> outcome) {
        ActiveSpan active = ActiveSpan.start(
                telemetry,
                telemetry
                        .span(operation + " payment", SpanKind.CLIENT)
                        .setAttribute("service.peer.name", "payment-provider"));
        long started = System.nanoTime();
        try {
            A answer = question.get();
            String said = outcome.apply(answer);
            active.span().setAttribute(OUTCOME, said);
            durations.labelValues(operation, said).observe(Metrics.secondsSince(started));
            return answer;
        } catch (RuntimeException e) {
            active.fail(e);
            throw e;
        } finally {
            active.end();
        }
    }

    private static String outcome(ProviderAnswer.ToCapture answer) {
        return switch (answer) {
            case ProviderAnswer.ToCapture.Captured _ -> "captured";
            case ProviderAnswer.ToCapture.Declined _ -> "declined";
            case ProviderAnswer.ToCapture.NoAnswer _ -> "silence";
        };
    }

    private static String outcome(ProviderAnswer.ToRefund answer) {
        return switch (answer) {
            case ProviderAnswer.ToRefund.Refunded _ -> "refunded";
            case ProviderAnswer.ToRefund.NothingCaptured _ -> "nothing_captured";
            case ProviderAnswer.ToRefund.NoAnswer _ -> "silence";
        };
    }
}
