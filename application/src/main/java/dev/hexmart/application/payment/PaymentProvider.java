package dev.hexmart.application.payment;

import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;

/**
 * Driven port: captures and refunds money.
 *
 * <p>No method throws on an outage: a timeout is an answer, {@code NoAnswer}. Captures and refunds may be called any number
 * of times for one order, at once and in any order.
 */
public interface PaymentProvider {

    /**
     * The means of payment that it takes, in the order in which customers are to see them; the first is the default.
     *
     * <p>Never empty, no means of payment twice, and always the same list. It is read for every payment, so it is answered
     * from memory. A charge by any other means of payment is declined.
     */
    List<PaymentMethodOffer> methods();

    /**
     * Captures the charge, once: asked again for the same attempt of the same order, it gives its first answer again.
     *
     * <p>Of all attempts of one order at most one is captured. A later one than that is answered with the capture that there
     * is, and takes nothing.
     */
    ProviderAnswer.ToCapture capture(Charge charge);

    /**
     * Gives back a part of what was captured for the order, once for each number: asked again for the same number, it gives
     * its first answer again.
     *
     * @param number which of the order's parts it is, from 1; a number whose part could not be given back may be used again
     * @return {@code NothingCaptured} where less than the part is left, nothing being given back then
     */
    ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part);

    /** Refunds the captured amount less earlier partial refunds, once, and prevents later captures of the order. */
    ProviderAnswer.ToRefund refund(OrderId order);
}
