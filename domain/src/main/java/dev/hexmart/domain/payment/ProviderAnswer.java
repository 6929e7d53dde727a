package dev.hexmart.domain.payment;

/** What the payment provider says, silence included. */
public final class ProviderAnswer {

    private ProviderAnswer() {}

    /** To the wish to capture. */
    public sealed interface ToCapture {

        /** @param reference the provider's own name for the capture */
        record Captured(String reference) implements ToCapture {}

        /** @param reason fit to be shown to the customer */
        record Declined(String reason) implements ToCapture {}

        /** No answer in time: it may have captured. A time-out is not a failure. */
        record Silence() implements ToCapture {}
    }

    /** To the wish to give back. */
    public sealed interface ToRefund {

        record Refunded() implements ToRefund {}

        /** Nothing was captured under this key, and from now on nothing will be. */
        record NothingCaptured() implements ToRefund {}

        record Silence() implements ToRefund {}
    }
}
