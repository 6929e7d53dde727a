package dev.hexmart.adapter.storefront;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What stands around every page.
 *
 * @param path where the page is, query included
 * @param showsInside whether there is a page of how the shop is made
 */
public record Frame(Visitor visitor, Formats formats, String title, String path, boolean showsInside) {

    public String signIn() {
        return "/login?returnTo=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    public boolean in(String section) {
        return path.equals(section) || path.startsWith(section + "/") || path.startsWith(section + "?");
    }
}
