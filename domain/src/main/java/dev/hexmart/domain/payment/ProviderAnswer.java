package dev.hexmart.domain.payment;

/** The payment provider's answer; a timeout is one too. */
public final class ProviderAnswer {

    private ProviderAnswer() {}

    /** To a capture. */
    public sealed interface ToCapture {

        /** @param reference the provider's own name for the capture */
        record Captured(String reference) implements ToCapture {}

        /** @param reason fit to be shown to the customer */
        record Declined(String reason) implements ToCapture {}

        /** No answer in time: it may have captured. A timeout is not a failure. */
        record NoAnswer() implements ToCapture {}
    }

    /** To a refund. */
    public sealed interface ToRefund {

        record Refunded() implements ToRefund {}

        /** Nothing was captured under this key, and from now on nothing will be. */
        record NothingCaptured() implements ToRefund {}

        record NoAnswer() implements ToRefund {}
    }
}
