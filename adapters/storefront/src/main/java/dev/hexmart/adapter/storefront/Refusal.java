package dev.hexmart.adapter.storefront;

import java.util.Optional;

/**
 * The content of an error page.
 *
 * @param advice what they can do, in a sentence or two
 * @param way what may help, such as trying again
 * @param reference by which those who look after the shop find what has happened
 */
public record Refusal(String title, String advice, Optional<Page.Link> way, Optional<Reference> reference) {

    /** @param address its URL, if it has one */
    public record Reference(String text, Optional<String> address) {}
}
