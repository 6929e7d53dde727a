package dev.hexmart.adapter.storefront;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Writes pages as HTML. */
public final class Storefront {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final boolean showsInside;

    /** @param showsInside whether there is a page of how the shop is made */
    public Storefront(boolean showsInside) {
        this.showsInside = showsInside;
    }

    /** @param path where the page is, query included, so that one can come back to it after signing in */
    public String render(Page page, Visitor visitor, String path) {
        Frame frame = new Frame(visitor, new Formats(visitor.locale()), page.title(), path, showsInside);
        return fill(template(page), Map.of("page", page, "frame", frame));
    }

    /** An error page, rendered without a call to any service. */
    public String render(Refusal refusal) {
        return fill("refusal.jte", Map.of("refusal", refusal));
    }

    /** A page that only reloads itself, as a same-site request. */
    public String reload() {
        return fill("reload.jte", Map.of());
    }

    private String fill(String template, Map<String, Object> parameters) {
        StringOutput out = new StringOutput();
        templates.render(template, parameters, out);
        return out.toString();
    }

    private static String template(Page page) {
        return switch (page) {
            case Page.Catalog _ -> "catalog.jte";
            case Page.Categories _ -> "categories.jte";
            case Page.Detail _ -> "product.jte";
            case Page.Cart _ -> "cart.jte";
            case Page.Checkout _ -> "checkout.jte";
            case Page.Orders _ -> "orders.jte";
            case Page.Order _ -> "order.jte";
            case Page.Inside _ -> "inside.jte";
            case Page.Api _ -> "api.jte";
            case Page.Trouble _ -> "trouble.jte";
            case OfficePage.Products _ -> "officeProducts.jte";
            case OfficePage.Categories _ -> "officeCategories.jte";
            case OfficePage.Product _ -> "officeProduct.jte";
            case OfficePage.NewProduct _ -> "officeNewProduct.jte";
            case OfficePage.Orders _ -> "officeOrders.jte";
            case OfficePage.Order _ -> "officeOrder.jte";
            case OfficePage.Messages _ -> "officeMessages.jte";
        };
    }
}
