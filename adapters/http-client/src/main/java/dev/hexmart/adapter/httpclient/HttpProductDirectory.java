package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.adapter.json.JsonInput;
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
        if (answer.isNotFound()) {
            return false;
        }
        if (answer.status() != 200) {
            throw answer.unexpected();
        }
        return answer.read(HttpProductDirectory::id).equals(product);
    }

    private static ProductId id(JsonInput product) {
        var members = product.members();
        return members.build(members.required("id", value -> ProductId.parse(value.text())));
    }
}
