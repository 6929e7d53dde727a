package dev.hexmart.adapter.http.api.identity;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a sign-in came to nothing, in words for the person who tried.
 *
 * @param advice what they can do
 * @param code by which the provider's documentation and an administrator find it: the error of OAuth 2.0 and the provider's
 *     own number, never the provider's free text
 * @param returnTo where in the shop they wanted to go
 * @param level at which it is logged: a registration that is wrong is the operators' concern
 */
public record SignInRefusal(String title, String advice, Optional<String> code, String returnTo, Level level) {

    /** The errors of OAuth 2.0 and OpenID Connect have this form; anything else in the parameter was made up. */
    private static final Pattern ERROR = Pattern.compile("[a-z][a-z_]{0,49}");

    /** Entra ID's number in front of its text; external tenants also have the older {@code AADB2C}. */
    private static final Pattern NUMBER = Pattern.compile("\\bAAD(?:STS|B2C)\\d{4,8}\\b");

    private static final String NOT_SIGNED_IN = "That did not sign you in";

    /** The browser has a mark of a sign-in, but the attempt is no longer there. */
    static SignInRefusal over() {
        return because(
                NOT_SIGNED_IN,
                "This sign-in has been used already, or took longer than ten minutes. Nothing has happened; begin anew.");
    }

    /** The provider did not take the code that it had issued. */
    static SignInRefusal codeRefused() {
        return because(
                NOT_SIGNED_IN,
                "The identity provider did not confirm this sign-in; it may have taken too long. Nothing has happened;"
                        + " begin anew.");
    }

    /** @param shop whose cookies Safari drops if it is reached by plain http */
    static SignInRefusal noCookie(URI shop) {
        String safari = shop.getScheme().equals("http")
                ? " Safari keeps none for " + shop.getScheme() + "://" + shop.getRawAuthority()
                        + ": use another browser, or reach the shop by https."
                : "";
        return because(
                "Your browser sent no cookie back",
                "Without its cookie the shop cannot tell that it was you who began this sign-in. Allow cookies for this site"
                        + " if they are blocked, and finish in the browser, and at the address, where you began."
                        + safari);
    }

    /** @param description the provider's free text, of which the number alone is used */
    static SignInRefusal byProvider(Optional<String> error, Optional<String> description, String returnTo) {
        String name = error.filter(word -> ERROR.matcher(word).matches()).orElse("no error code");
        Optional<String> number =
                description.map(NUMBER::matcher).filter(Matcher::find).map(Matcher::group);
        SignInRefusal words = byNumber(number.orElse("")).orElseGet(() -> byError(name));
        String code = number.map(found -> name + ", " + found).orElse(name);
        return new SignInRefusal(words.title(), words.advice(), Optional.of(code), returnTo, words.level());
    }

    /** The page's text as sentences, for clients without HTML. */
    String detail() {
        return code.map(found -> advice + " The identity provider's code: " + found)
                .orElse(advice);
    }

    private static Optional<SignInRefusal> byNumber(String number) {
        return Optional.ofNullable(
                switch (number) {
                    case "AADSTS50105" ->
                        because(
                                "You are not assigned to this shop",
                                "Your account is known, but may not use this shop. An administrator has to assign you, or a"
                                        + " group that you are in, to it; then sign in again.");
                    case "AADSTS65001", "AADSTS90094", "AADSTS90095" ->
                        because(
                                "An administrator has to approve this shop",
                                "Your organisation lets only an administrator consent to what the shop needs to know. Once"
                                        + " consent is granted, sign in again.");
                    case "AADSTS65004" ->
                        because(
                                "You have declined",
                                "Without your consent the shop cannot know who you are. Sign in again if you want to accept"
                                        + " it.");
                    case "AADSTS50020", "AADSTS50034", "AADSTS500208" ->
                        because(
                                "This account is not known here",
                                "Sign in with another account, or ask an administrator to invite this one.");
                    case "AADSTS50057" ->
                        because(
                                "This account is disabled",
                                "An administrator has to enable it before you can sign in.");
                    case "AADSTS50053", "AADSTS50126" ->
                        because(
                                "The sign-in failed",
                                "The password was wrong, or was wrong so often that the account is locked for a while. Try"
                                        + " again later.");
                    case "AADSTS50074", "AADSTS50076", "AADSTS50079" ->
                        because(
                                "A second factor is needed",
                                "Your organisation demands a further proof of who you are. Sign in again and complete it.");
                    case "AADSTS53000", "AADSTS53001", "AADSTS53002", "AADSTS53003", "AADSTS530032" ->
                        because(
                                "Your organisation does not allow this sign-in",
                                "Its rules (Conditional Access) refuse this device, place or browser. An administrator can"
                                        + " tell which one.");
                    default -> null;
                });
    }

    private static SignInRefusal byError(String error) {
        return switch (error) {
            case "access_denied" ->
                because(
                        "You have not signed in",
                        "The sign-in was cancelled, or your consent was declined. Sign in again if you want to.");
            case "consent_required" ->
                because(
                        "An administrator has to approve this shop",
                        "The shop has no consent to what it needs to know. Once an administrator has granted it, sign in"
                                + " again.");
            case "interaction_required", "login_required", "account_selection_required" ->
                because(
                        NOT_SIGNED_IN,
                        "The identity provider has a question for you that was not answered. Sign in again and answer it.");
            case "server_error", "temporarily_unavailable" ->
                because(
                        "The identity provider cannot sign you in now",
                        "That is no fault of yours or of the shop. Try again in a minute.");
            case "invalid_request",
                    "invalid_client",
                    "invalid_scope",
                    "unauthorized_client",
                    "unsupported_response_type" ->
                because(
                                "The shop is not registered as it should be",
                                "Signing in does not work until that is mended. Its operators find the cause with ./hexmart"
                                        + " doctor --entra.")
                        .at(Level.WARNING);
            default ->
                because(
                        NOT_SIGNED_IN,
                        "The identity provider refused. Sign in again; if it refuses again, name its code to those who run"
                                + " the shop.");
        };
    }

    private static SignInRefusal because(String title, String advice) {
        return new SignInRefusal(title, advice, Optional.empty(), "/", Level.INFO);
    }

    private SignInRefusal at(Level other) {
        return new SignInRefusal(title, advice, code, returnTo, other);
    }
}
