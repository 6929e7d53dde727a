package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;

/** Whether the products service knows a product. */
public final class HttpProductDirectory implements ProductDirectory {

    private final ServiceClient products;

    public HttpProductDirectory(ServiceClient products) {
        this.products = products;
    }

    @Override
    public boolean offers(ProductId product, Credential customer) {
        Answer answer = products.get("/products/" + product, customer);
        return switch (answer.status()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw products.unexpected(answer);
        };
    }
}
