package dev.hexmart.adapter.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.Money;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A page of the shop, by what is on it. */
public sealed interface Page {

    /** What stands in the browser's tab. */
    default String title() {
        return switch (this) {
            case Catalog catalog -> catalog.query().title();
            case Categories _ -> "All categories";
            case Detail detail -> detail.product().name();
            case Cart _ -> "Your cart";
            case Checkout _ -> "Checkout";
            case Orders _ -> "Your orders";
            case Order order -> "Order " + OrderWords.number(order.id());
            case Api _ -> "API";
            case Inside _ -> "Inside";
            case Trouble trouble -> trouble.title();
            case OfficePage.Products _ -> "Products";
            case OfficePage.Categories _ -> "Categories";
            case OfficePage.Product product -> product.product().name();
            case OfficePage.NewProduct _ -> "A new product";
            case OfficePage.Orders _ -> "Orders";
            case OfficePage.Order order -> order.order().title();
            case OfficePage.Messages _ -> "Parked messages";
        };
    }

    sealed interface Office extends Page permits OfficePage {}

    /** A category, by its slug and by what it is called. @param products how many are on offer */
    record Category(String slug, String name, int products) {

        /** Where its shelf is. */
        public String address() {
            return "/?category=" + URLEncoder.encode(slug, UTF_8);
        }
    }

    /** A product as it is on offer. */
    record Product(
            String id, String name, String description, Category category, String image, Money price, int available) {

        /** From how few on it is worth telling. */
        private static final int FEW = 5;

        public boolean soldOut() {
            return available == 0;
        }

        public boolean scarce() {
            return !soldOut() && available <= FEW;
        }
    }

    /** A visitor's search; empty texts mean all products in the default order. */
    record CatalogQuery(String search, String category, String sort) {

        public boolean everything() {
            return search.isEmpty() && category.isEmpty();
        }

        String title() {
            return search.isEmpty() ? "The shop" : "“" + search + "”";
        }

        /** Where the list of it begins. */
        public String address() {
            return "/?search=" + encoded(search) + "&category=" + encoded(category) + "&sort=" + encoded(sort);
        }

        /** @param cursor where the list goes on */
        public String address(String cursor) {
            return address() + "&cursor=" + encoded(cursor);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8);
        }
    }

    /**
     * The shelves.
     *
     * @param categories all that have products, by name from A to Z
     * @param first whether this is where the list begins
     * @param next the address of where it goes on
     */
    record Catalog(
            CatalogQuery query, List<Category> categories, List<Product> products, boolean first, Optional<String> next)
            implements Page {

        /** As many categories as fit above the shelves; where there are more, a page lists them all. */
        private static final int FEW = 12;

        public boolean hasMoreCategories() {
            return categories.size() > FEW;
        }

        /** Those with the most products and the one that is looked at, by name from A to Z. */
        public List<Category> mainCategories() {
            Set<String> most = categories.stream()
                    .sorted(Comparator.comparing(Category::products).reversed())
                    .limit(FEW)
                    .map(Category::slug)
                    .collect(Collectors.toSet());
            return categories.stream()
                    .filter(category ->
                            most.contains(category.slug()) || category.slug().equals(query.category()))
                    .toList();
        }

        /** What stands above the products of a category. */
        public String categoryName() {
            return categories.stream()
                    .filter(category -> category.slug().equals(query.category()))
                    .map(Category::name)
                    .findFirst()
                    .orElse("Nothing in this category");
        }
    }

    /** All categories that have products, by name from A to Z. */
    record Categories(List<Category> categories) implements Page {}

    /** One product. @param others some of the same kind @param signIn where to sign in and come back to it */
    record Detail(Product product, List<Product> others, String signIn) implements Page {}

    /** So many pieces of a product. */
    record Line(Product product, int quantity, Money total) {

        /** Whether more is wanted than there is. */
        public boolean tooMany() {
            return quantity > product.available();
        }
    }

    /**
     * What is in a cart, as it would cost now.
     *
     * @param gone how many of its products are no longer on offer
     * @param total of what is on offer; nothing where the prices are of several currencies, or there is nothing
     */
    record Content(List<Line> lines, List<String> gone, Optional<Money> total) {

        public boolean empty() {
            return lines.isEmpty() && gone.isEmpty();
        }

        public int pieces() {
            return lines.stream().mapToInt(Line::quantity).sum();
        }

        /** Whether it can be ordered as it is. */
        public boolean orderable() {
            return total.isPresent() && gone.isEmpty() && !isShort();
        }

        /** Whether of some product more is wanted than there is. */
        public boolean isShort() {
            return lines.stream().anyMatch(Line::tooMany);
        }

        /** What each currency comes to; a cart with more than one cannot be ordered, since prices changed after it was filled. */
        public List<Money> totals() {
            return lines.stream()
                    .map(Line::total)
                    .collect(Collectors.groupingBy(Money::currency, TreeMap::new, Collectors.reducing(Money::plus)))
                    .values()
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    record Cart(Content content) implements Page {}

    /**
     * The last look before buying.
     *
     * @param tag of the cart that is shown, which alone is bought
     * @param key by which the shop knows the query again, however often it is sent
     * @param choices how it can be paid, the default first
     */
    record Checkout(Content content, String tag, String key, List<PaymentChoice> choices) implements Page {}

    /** An order in the list of a customer's. @param names of what was ordered */
    record ListedOrder(String id, OrderStatus status, Instant placedAt, Money total, int pieces, List<String> names) {

        /** What was ordered, in few words. */
        public String things() {
            return switch (names.size()) {
                case 0 -> "Nothing";
                case 1 -> names.getFirst();
                case 2 -> names.getFirst() + " and " + names.getLast();
                default -> names.getFirst() + " and " + (names.size() - 1) + " other things";
            };
        }
    }

    /** A customer's orders, the latest first. @param next the address of where the list goes on */
    record Orders(List<ListedOrder> orders, Optional<String> next) implements Page {}

    /** A line of an order, at the price that was agreed. */
    record Bought(String productId, String name, int quantity, Money total) {}

    /** One step in an order's life. */
    record Step(OrderStatus status, Instant at, String note) {}

    /**
     * An order and its life.
     *
     * @param method the name of how it is paid, where that was said when it was placed
     * @param choices how it can be paid, the default first; empty where that is not known
     * @param key by which the shop knows a payment again
     * @param trace the address where it can be seen what happened inside
     */
    record Order(
            String id,
            OrderStatus status,
            Optional<CancellationReason> reason,
            List<Bought> lines,
            Money total,
            Instant payBy,
            Optional<String> method,
            int declined,
            List<Step> history,
            List<PaymentChoice> choices,
            String key,
            Optional<String> trace)
            implements Page {

        /** Whether nothing more is to be expected soon. */
        public boolean settled() {
            return switch (status) {
                case PENDING, RESERVED -> false;
                case PAID, CANCELLED, REFUNDED -> true;
            };
        }

        /** How long after the step before it this one came. */
        public Optional<Duration> waited(Step step) {
            int index = history.indexOf(step);
            return index < 1
                    ? Optional.empty()
                    : Optional.of(Duration.between(history.get(index - 1).at(), step.at()));
        }

        /** Whether the order stood there before this step as well, so that only its note says what happened. */
        public boolean repeats(Step step) {
            int index = history.indexOf(step);
            return index > 0 && history.get(index - 1).status() == step.status();
        }

        public boolean payable() {
            return status == OrderStatus.RESERVED && (method.isEmpty() || isDeclined());
        }

        /** Whether the last attempt to pay was declined, so that its customer may try again. */
        public boolean isDeclined() {
            return status == OrderStatus.RESERVED && declined > 0;
        }

        /** Whether any attempt to pay was declined, so that another card than the one first named may have paid. */
        public boolean wasDeclined() {
            return history.stream().anyMatch(step -> step.status() == OrderStatus.RESERVED && repeats(step));
        }

        /** What would come next if all goes well. */
        public List<OrderStatus> ahead() {
            return switch (status) {
                case PENDING -> List.of(OrderStatus.RESERVED, OrderStatus.PAID);
                case RESERVED -> List.of(OrderStatus.PAID);
                case PAID, CANCELLED, REFUNDED -> List.of();
            };
        }
    }

    /** Something to follow. */
    record Link(String text, String address) {}

    /** What can be asked of the shop by programs, drawn in the browser from the document that says so. */
    record Api() implements Page {}

    /** The services as they are wired. @param viewer where their telemetry can be looked at @param decisions behind them */
    record Inside(List<ServiceView> services, List<Link> viewer, List<Link> decisions) implements Page {}

    /**
     * Something did not work.
     *
     * @param advice what the visitor can do, in a sentence or two
     * @param passing whether trying again may help
     */
    record Trouble(String title, String advice, boolean passing) implements Page {}
}
