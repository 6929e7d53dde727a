package dev.hexmart.domain.payment;

import dev.hexmart.domain.payment.Payment.Captured;
import dev.hexmart.domain.payment.Payment.Declined;
import dev.hexmart.domain.payment.Payment.PartRefunded;
import dev.hexmart.domain.payment.Payment.PartRefunding;
import dev.hexmart.domain.payment.Payment.Refunded;
import dev.hexmart.domain.payment.Payment.Refunding;
import dev.hexmart.domain.payment.Payment.Requested;
import dev.hexmart.domain.payment.Payment.Unknown;
import dev.hexmart.domain.payment.Payment.Voided;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import java.time.Instant;
import java.util.Optional;

/** The answer to an employee's request for a refund: it depends only on the state of the payment. */
public sealed interface Refund {

    record Granted(Decision decision) implements Refund {}

    sealed interface Refused extends Refund {}

    /** There is nothing to refund. */
    record NothingPaid(PaymentStatus status) implements Refused {}

    /**
     * The amount is none that can be given back: zero, more than there is, or of another currency.
     *
     * @param left what can be given back
     */
    record NotThatMuch(Money left) implements Refused {}

    /** Which pieces came back, the refund of a part does not say; they are put on sale by an adjustment of their stock. */
    record GoodsOfAPart() implements Refused {}

    /** Everything is given back already, or being given back, with another word on the goods. */
    record GoodsAreDecided(Goods goods) implements Refused {}

    /** Another refund is in progress; the refundable rest is known after it. */
    record UnderWay() implements Refused {}

    /**
     * Decides on a request.
     *
     * @param amount all that is left where it is not said
     * @param goods whether what was ordered can be sold again, which it can where it is not said
     */
    static Refund of(Payment payment, Optional<Money> amount, Optional<Goods> goods, Instant now) {
        return switch (payment) {
            case Requested _, Unknown _, Declined _, Voided _ -> new NothingPaid(payment.status());
            case Captured _, PartRefunded _ -> {
                Money left = PaymentProcess.left(payment).orElseThrow();
                yield amount.filter(part -> !part.equals(left))
                        .map(part -> ofAPart(
                                goods,
                                PaymentProcess.refundPart(payment, part, now)
                                        .<Refund>map(next -> new Granted(Decision.move(next)))
                                        .orElseGet(() -> new NotThatMuch(left))))
                        .orElseGet(() -> ofTheRest(payment, goods, now));
            }
            case PartRefunding _ ->
                amount.map(_ -> ofAPart(goods, new UnderWay())).orElseGet(() -> ofTheRest(payment, goods, now));
            case Refunding it ->
                amount.map(_ -> ofAPart(goods, new UnderWay())).orElseGet(() -> again(it, it.goods(), goods, now));
            case Refunded it ->
                amount.map(_ -> ofAPart(
                                goods,
                                new NotThatMuch(Money.zero(it.charge().amount().currency()))))
                        .orElseGet(() -> again(it, it.goods(), goods, now));
        };
    }

    private static Refund ofAPart(Optional<Goods> goods, Refund refund) {
        return goods.equals(Optional.of(Goods.RETURNED)) ? new GoodsOfAPart() : refund;
    }

    private static Refund ofTheRest(Payment payment, Optional<Goods> goods, Instant now) {
        return new Granted(
                PaymentProcess.refund(Optional.of(payment), payment.order(), goods.orElse(Goods.RETURNED), now));
    }

    private static Refund again(Payment payment, Goods decided, Optional<Goods> goods, Instant now) {
        return goods.isPresent() && !goods.get().equals(decided)
                ? new GoodsAreDecided(decided)
                : ofTheRest(payment, goods, now);
    }
}
