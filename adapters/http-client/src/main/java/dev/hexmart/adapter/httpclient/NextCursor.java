package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a list goes on, as its Link header says. */
final class NextCursor {

    private static final Pattern NEXT = Pattern.compile("<[^>]*[?&]cursor=([A-Za-z0-9_-]+)[^>]*>; rel=\"next\"");

    private NextCursor() {}

    static Optional<String> of(Answer answer) {
        return answer.headers()
                .first("Link")
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }
}
