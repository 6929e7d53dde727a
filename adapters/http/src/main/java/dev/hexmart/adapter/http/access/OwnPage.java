package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import java.net.URI;
import java.util.List;

/**
 * The rule for whatever a browser changes: the request carries a header that no form and no other site's script can send, and
 * comes from where the shop is. A browser sends its cookies whatever site has made it ask.
 */
public final class OwnPage {

    static final String OWN_HEADER = "X-Requested-By";

    private final String origin;

    /** @param shop where the shop's pages are, as browsers see it */
    public OwnPage(URI shop) {
        this.origin = shop.getScheme() + "://" + shop.getRawAuthority();
    }

    /** @throws ProblemException {@code cross-site} if the request does not come from a page of the shop */
    public void require(Request head) {
        List<String> origins = head.headerValues("Origin");
        List<String> sites = head.headerValues("Sec-Fetch-Site");
        boolean known = !origins.isEmpty() || !sites.isEmpty();
        boolean ours =
                origins.stream().allMatch(origin::equals) && sites.stream().allMatch("same-origin"::equals);
        if (head.headerValues(OWN_HEADER).isEmpty() || !known || !ours) {
            throw new ProblemException(Problem.of(
                    ProblemType.CROSS_SITE,
                    "With a session, whatever changes something must come from a page of %s (Origin or Sec-Fetch-Site) and carry the header %s"
                            .formatted(origin, OWN_HEADER)));
        }
    }
}
