package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorefrontTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Visitor ALICE = new Visitor(Optional.of("Alice"), Set.of(), Locale.UK);
    private static final Visitor ANONYMOUS = new Visitor(Optional.empty(), Set.of(), Locale.UK);

    private static final List<PaymentChoice> CHOICES =
            List.of(new PaymentChoice("invoice", "By invoice", "Pay in two weeks."));
    private static final Page.Category KITCHEN = new Page.Category("kitchen", "Kitchen & table", 3);

    private final Storefront storefront = new Storefront(false);

    @Test
    void userInputIsEscaped() {
        String page = storefront.render(
                new Page.Detail(product("<b>\"bold\"</b>", 3), List.of(), "/login"),
                new Visitor(Optional.of("<i>Mallory</i>"), Set.of(), Locale.UK),
                "/shop/products/1");
        assertThat(page)
                .contains("&lt;b>", "&lt;i&gt;Mallory")
                .doesNotContain("<b>")
                .doesNotContain("<i>");
    }

    @Test
    void aRefusalIsTextAndNothingElseToo() {
        assertThat(storefront.render(new Refusal(
                        "<b>",
                        "<i>",
                        Optional.of(new Page.Link("<u>", "/\"onclick=\"x")),
                        Optional.of(new Refusal.Reference("<s>", Optional.empty())))))
                .contains("<h1>&lt;b&gt;", "<p>&lt;i&gt;", "&lt;u&gt;", "&lt;s&gt;", "href=\"/&#34;onclick=&#34;x\"")
                .doesNotContain("<b>", "<i>", "<u>", "<s>");
    }

    @Test
    void anonymousVisitorGetsNoAddButton() {
        Page page = new Page.Detail(product("Kettle", 3), List.of(), "/login?returnTo=x");
        assertThat(storefront.render(page, ALICE, "/"))
                .contains("Add to the cart")
                .doesNotContain("Sign in");
        assertThat(storefront.render(page, ANONYMOUS, "/"))
                .contains("Sign in to buy")
                .doesNotContain("Add to the cart");
        assertThat(storefront.render(new Page.Detail(product("Kettle", 0), List.of(), ""), ALICE, "/"))
                .contains("Sold out")
                .doesNotContain("Add to the cart");
    }

    @ParameterizedTest
    @EnumSource(CancellationReason.class)
    void whyAnOrderCameToNothingIsToldAndCanBeMended(CancellationReason reason) {
        assertThat(storefront.render(order(OrderStatus.CANCELLED, Optional.of(reason)), ALICE, "/"))
                .contains("Put it back into the cart")
                .doesNotContain("Cancel this order");
    }

    @Test
    void anOrderCancelledByTheShopDoesNotClaimTheCustomersWish() {
        assertThat(storefront.render(order(OrderStatus.CANCELLED, Optional.of(CancellationReason.BY_SHOP)), ALICE, "/"))
                .contains("We have cancelled this order")
                .doesNotContain("wish", "request");
        // An older order's reason does not tell who cancelled it.
        assertThat(storefront.render(
                        order(OrderStatus.CANCELLED, Optional.of(CancellationReason.ON_REQUEST)), ALICE, "/"))
                .contains("This order was cancelled on request")
                .doesNotContain("as you wished");
    }

    @Test
    void theOfficeAnswersASearchForAnOrderNumberInWords() {
        assertThat(storefront.render(orders("3c1b7e10"), ALICE, "/office/orders"))
                .contains("No order has the number 3C1B-7E10.", "value=\"3c1b7e10\"");
        assertThat(storefront.render(orders("<kettle"), ALICE, "/office/orders"))
                .contains("“&lt;kettle” is not an order number. One looks like 3C1B-7E10.");
        assertThat(storefront.render(orders(""), ALICE, "/office/orders")).contains("There are none.");
    }

    @Test
    void theOfficeOffersToRefundAllOfAnOrderOrWhatEarlierRefundsLeft() {
        assertThat(officeOrder(OrderStatus.PAID, Optional.of(paid(Optional.empty()))))
                .contains("All of it; goods returned", "All of it; goods outstanding")
                .doesNotContain("All that is left");
        assertThat(officeOrder(OrderStatus.PAID, Optional.of(paid(Optional.of(Money.of(50, "EUR"))))))
                .contains("All that is left; goods returned", "All that is left; goods outstanding")
                .doesNotContain("All of it");
    }

    @Test
    void theOfficeSaysThatAnOrderIsNotPaidYet() {
        assertThat(officeOrder(OrderStatus.RESERVED, Optional.empty())).contains("<dd>Not paid yet</dd>");
    }

    private String officeOrder(OrderStatus status, Optional<OfficePage.Payment> payment) {
        return storefront.render(
                new OfficePage.Order(order(status, Optional.empty()), "customer", payment), ALICE, "/office/orders/1");
    }

    private static OfficePage.Payment paid(Optional<Money> refunded) {
        return new OfficePage.Payment(
                PaymentStatus.PAID, Optional.of(Money.of(200, "EUR")), Optional.of("card-ok"), refunded);
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void anOrderThatIsNotSettledCanBeCancelled(OrderStatus status) {
        Page.Order order = order(status, Optional.empty());
        assertThat(storefront.render(order, ALICE, "/").contains("Cancel this order"))
                .isEqualTo(!order.settled());
    }

    @Test
    void declinedOrderIsPayableByAnotherCard() {
        Page.Order declined = new Page.Order(
                "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10",
                OrderStatus.RESERVED,
                Optional.empty(),
                List.of(new Page.Bought("1", "Kettle", 2, Money.of(200, "EUR"))),
                Money.of(200, "EUR"),
                NOON,
                Optional.of("A card that is declined"),
                1,
                List.of(
                        new Page.Step(OrderStatus.PENDING, NOON, "Placed"),
                        new Page.Step(OrderStatus.RESERVED, NOON, "Held until noon"),
                        new Page.Step(OrderStatus.RESERVED, NOON.plusSeconds(1), "Payment declined: No money")),
                CHOICES,
                "key",
                Optional.empty());
        assertThat(storefront.render(declined, ALICE, "/"))
                .contains("The payment was declined", "Payment declined: No money", "Payment method", "Pay before")
                .containsOnlyOnce("Reserved")
                .doesNotContain("Held until noon", "Put it back into the cart");
    }

    @Test
    void payableOrderWithoutKnownMethodsHasNoPaymentForm() {
        Page.Order reserved = order(OrderStatus.RESERVED, Optional.empty());
        assertThat(storefront.render(reserved, ALICE, "/"))
                .contains("data-action=\"pay\"", "By invoice")
                .doesNotContain("Payment is not available");
        Page.Order unknown = new Page.Order(
                reserved.id(),
                reserved.status(),
                reserved.reason(),
                reserved.lines(),
                reserved.total(),
                reserved.payBy(),
                reserved.method(),
                reserved.declined(),
                reserved.history(),
                List.of(),
                reserved.key(),
                reserved.trace());
        assertThat(storefront.render(unknown, ALICE, "/"))
                .contains("Payment is not available at the moment")
                .doesNotContain("data-action=\"pay\"");
    }

    @Test
    void aCartOfWhatIsNoLongerOnOfferHasNoTotalAndAWayOut() {
        Page.Content content = new Page.Content(List.of(), List.of("1"), Optional.empty());
        assertThat(storefront.render(new Page.Cart(content), ALICE, "/"))
                .contains("No product in this cart is available any more", "Remove", "Browse products")
                .doesNotContain("Total", "–");
    }

    @Test
    void anOrderPaidAfterADeclineDoesNotNameTheDeclinedCard() {
        Page.Order paid = new Page.Order(
                "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10",
                OrderStatus.PAID,
                Optional.empty(),
                List.of(new Page.Bought("1", "Kettle", 2, Money.of(200, "EUR"))),
                Money.of(200, "EUR"),
                NOON,
                Optional.of("A card that is declined"),
                0,
                List.of(
                        new Page.Step(OrderStatus.PENDING, NOON, "Placed"),
                        new Page.Step(OrderStatus.RESERVED, NOON, "Held until noon"),
                        new Page.Step(OrderStatus.RESERVED, NOON.plusSeconds(1), "Payment declined: No money"),
                        new Page.Step(OrderStatus.PAID, NOON.plusSeconds(9), "Paid")),
                CHOICES,
                "key",
                Optional.empty());
        assertThat(storefront.render(paid, ALICE, "/"))
                .contains("Payment declined: No money")
                .doesNotContain("A card that is declined");
    }

    @Test
    void aCategoryIsShownByItsName() {
        Page page = new Page.Catalog(
                new Page.CatalogQuery("", "kitchen", "name"),
                List.of(KITCHEN),
                List.of(product("Kettle", 3)),
                true,
                Optional.empty());
        assertThat(storefront.render(page, ALICE, "/?category=kitchen"))
                .contains("<h1>Kitchen &amp; table</h1>", "eyebrow\">Kitchen &amp; table<")
                .doesNotContain("All 1 categories");
        assertThat(storefront.render(new Page.Detail(product("Kettle", 3), List.of(), ""), ALICE, "/"))
                .contains("Kitchen &amp; table</a>");
    }

    @Test
    void everyOfManyCategoriesIsReachedFromTheFirstPage() {
        List<Page.Category> many = IntStream.rangeClosed(1, 208)
                .mapToObj(i -> new Page.Category("c" + i, "Category " + i, i))
                .toList();
        Page.Catalog page =
                new Page.Catalog(new Page.CatalogQuery("", "c3", "name"), many, List.of(), true, Optional.empty());
        assertThat(page.mainCategories())
                .hasSize(13)
                .extracting(Page.Category::slug)
                .contains("c3", "c208", "c197")
                .doesNotContain("c4", "c196");
        // Before the others: a phone shows the beginning of the row.
        assertThat(storefront.render(page, ALICE, "/"))
                .containsSubsequence("href=\"/shop/categories\">All 208 categories</a>", ">Category 3<");
        String all = storefront.render(new Page.Categories(many), ALICE, "/shop/categories");
        assertThat(many)
                .allSatisfy(category -> assertThat(all)
                        .contains("<a href=\"/?category=" + category.slug() + "\">" + category.name() + "</a>"));
        assertThat(all).contains("1 product<", "208 products<");
    }

    @Test
    void aListGoesOnWithTheSameWords() {
        assertThat(new Page.CatalogQuery("salt & pepper", "kitchen", "-price").address("abc"))
                .isEqualTo("/?search=salt+%26+pepper&category=kitchen&sort=-price&cursor=abc");
    }

    private static Page.Product product(String name, int available) {
        return new Page.Product(
                "1", name, "", KITCHEN, "/images/products/placeholder.svg", Money.of(100, "EUR"), available);
    }

    private static Page orders(String number) {
        return new OfficePage.Orders(Optional.empty(), number, List.of(), true, Optional.empty());
    }

    private static Page.Order order(OrderStatus status, Optional<CancellationReason> reason) {
        return new Page.Order(
                "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10",
                status,
                reason,
                List.of(new Page.Bought("1", "Kettle", 2, Money.of(200, "EUR"))),
                Money.of(200, "EUR"),
                NOON,
                Optional.empty(),
                0,
                List.of(new Page.Step(OrderStatus.PENDING, NOON, "Placed")),
                CHOICES,
                "key",
                Optional.empty());
    }
}
