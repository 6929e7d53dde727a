package dev.hexmart.adapter.storefront;

import java.util.List;
import java.util.stream.Stream;

/** A means of payment of the sandbox, as it is offered to people. @param method its name in the API; empty for none yet */
public record PaymentChoice(String method, String name, String explanation) {

    /** What can be chosen when an order is to be paid now. */
    public static final List<PaymentChoice> NOW = List.of(
            new PaymentChoice("card-ok", "A card that works", "The payment goes through at once."),
            new PaymentChoice(
                    "card-declined",
                    "A card that is declined",
                    "The bank declines the payment. The order stays reserved for a while, so that you can pay by another card."),
            new PaymentChoice("card-slow", "A slow card", "The bank takes a few seconds to answer."),
            new PaymentChoice(
                    "card-lost",
                    "A card whose answer gets lost",
                    "The payment is captured, but the bank’s answer never arrives (a timeout). The shop retries until it knows the result."));

    /** Also leaves it open. */
    public static final List<PaymentChoice> AT_CHECKOUT = Stream.concat(
                    NOW.stream(),
                    Stream.of(new PaymentChoice(
                            "", "Pay later", "The order is reserved for a quarter of an hour; pay on its page.")))
            .toList();

    /** What the method is called, where it is one that we know. */
    public static String nameOf(String method) {
        return NOW.stream()
                .filter(choice -> choice.method().equals(method))
                .map(PaymentChoice::name)
                .findFirst()
                .orElse(method);
    }
}
