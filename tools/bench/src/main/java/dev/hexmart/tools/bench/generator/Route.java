package dev.hexmart.tools.bench.generator;

import java.util.List;
import java.util.stream.IntStream;

/** What is loaded, route by route. */
public enum Route {
    PRODUCTS("products", "GET /products", "products", As.TOKEN, "GET", "/products?limit=20"),
    PRODUCT("product", "GET /products/{id}", "products", As.TOKEN, "GET", "/products/{product}"),
    SEARCH("search", "GET /products?search=", "products", As.TOKEN, "GET", "/products?limit=20&search=kettle"),
    GATEWAY("gateway-products", "GET /products at the gateway", "gateway", As.TOKEN, "GET", "/products?limit=20"),
    CART("cart", "GET /cart", "cart", As.TOKEN, "GET", "/cart"),
    CART_ADD("cart-add", "POST /cart/add", "cart", As.TOKEN, "POST", "/cart/add"),
    PAGE_FRONT("page-front", "page /", "gateway", As.SESSION, "GET", "/"),
    PAGE_PRODUCT("page-product", "page of a product", "gateway", As.SESSION, "GET", "/shop/products/{product}"),
    PAGE_CART("page-cart", "page of the cart", "gateway", As.SESSION, "GET", "/shop/cart"),
    PAGE_ORDER("page-order", "page of an order", "gateway", As.SESSION, "GET", "/shop/orders/{order}");

    /** How the shopper is known: by an access token, or by a browser's session; and what is accepted, as each of them does. */
    public enum As {
        TOKEN("application/json"),
        SESSION("text/html");

        private final String mediaType;

        As(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    private final String key;
    private final String title;
    private final String service;
    private final As as;
    private final String method;
    private final String path;

    Route(String key, String title, String service, As as, String method, String path) {
        this.key = key;
        this.title = title;
        this.service = service;
        this.as = as;
        this.method = method;
        this.path = path;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String service() {
        return service;
    }

    public As as() {
        return as;
    }

    public String method() {
        return method;
    }

    public boolean needsOrder() {
        return path.contains("{order}");
    }

    /** Whether it is asked with something in the cart. */
    public boolean needsCart() {
        return this == CART || this == PAGE_CART;
    }

    /** Some requests of different shoppers for different products, to be sent over and over. */
    public List<Ask> asks(List<Shopper> shoppers, List<String> products, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ask(shoppers.get(i % shoppers.size()), products.get(i % products.size())))
                .toList();
    }

    private Ask ask(Shopper shopper, String product) {
        String body = this == CART_ADD ? "{\"productId\":\"" + product + "\"}" : "";
        String header = as == As.TOKEN ? "Authorization" : "Cookie";
        String value = as == As.TOKEN ? "Bearer " + shopper.token() : shopper.cookie();
        return new Ask(
                method,
                path.replace("{product}", product).replace("{order}", shopper.order()),
                header,
                value,
                as.mediaType(),
                body);
    }

    /** One request. @param header by which the shopper is known @param accept the media type of the answer */
    public record Ask(String method, String path, String header, String value, String accept, String body) {

        /** As the script for wrk reads it. */
        String line() {
            return String.join("\t", method, path, header, value, accept, body);
        }
    }
}
