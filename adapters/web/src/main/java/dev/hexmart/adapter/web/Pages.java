package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.adapter.storefront.Refusal;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.adapter.storefront.Visitor;
import dev.hexmart.application.identity.Caller;
import java.util.Optional;
import java.util.Set;

/** Renders pages for the visitor of a request. */
public final class Pages {

    private final Storefront storefront;

    public Pages(Storefront storefront) {
        this.storefront = storefront;
    }

    /**
     * A page that is open: a visitor by a link from another site loads it once more, so that the session's cookie, which
     * browsers do not send along with such a link, comes along.
     */
    Handler open(Handler page) {
        return request -> lacksCookie(request) ? reload() : page.handle(request);
    }

    /** The way to sign in and back; by a link from another site, the page is loaded once more first. */
    Response signIn(Request request) {
        return lacksCookie(request) ? reload() : Html.redirect(Html.signIn(Html.path(request)));
    }

    Response show(Request request, Page page) {
        return show(request, 200, page);
    }

    /** @param policy what the page may load, where that is more than others may */
    Response show(Request request, Page page, Header policy) {
        return Html.page(200, storefront.render(page, visitor(request), Html.path(request)), policy);
    }

    Response trouble(Request request, int status, String title, String advice) {
        return show(request, status, new Page.Trouble(title, advice, status == 429 || status >= 500));
    }

    /** A page without the layout, for an unidentified visitor. */
    Response refuse(int status, Refusal refusal) {
        return Html.page(status, storefront.render(refusal));
    }

    /** Has the browser load the page once more, by a link of our own. */
    Response reload() {
        return Html.page(200, storefront.reload());
    }

    private Response show(Request request, int status, Page page) {
        return Html.page(status, storefront.render(page, visitor(request), Html.path(request)));
    }

    private static boolean lacksCookie(Request request) {
        return request.identity().isEmpty() && Html.isFromElsewhere(request);
    }

    private static Visitor visitor(Request request) {
        Optional<Caller> caller = request.identity().map(Request.Identity::caller);
        return new Visitor(caller.map(Pages::name), caller.map(Caller::roles).orElse(Set.of()), Html.locale(request));
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> person.displayName();
            case Caller.Service service -> service.clientId();
        };
    }
}
