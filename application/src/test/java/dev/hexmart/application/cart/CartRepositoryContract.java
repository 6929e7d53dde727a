package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CartRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CartRepositoryContract {

    private final CustomerId customer = Callers.somebody();
    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();
    private final Cart empty = Cart.empty(customer);

    protected abstract CartRepository carts();

    @Test
    void aCartThatNobodyHasTouchedIsEmpty() {
        assertThat(carts().find(customer)).isEqualTo(empty);
    }

    @Test
    void aCartIsFoundAsItWasLeft() {
        Cart cart = with(with(empty, kettle, 2), toaster, 99);
        assertThat(carts().replace(empty, cart)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(cart);
    }

    @Test
    void theFullestCartIsFoundAsItWasLeft() {
        Cart cart = empty;
        for (int i = 0; i < LineItems.MAX_LINES; i++) {
            cart = with(cart, Products.newProduct(), Quantity.MAX);
        }
        assertThat(carts().replace(empty, cart)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(cart);
    }

    @Test
    void theNextCartTakesThePlaceOfTheOneBeforeWholly() {
        Cart before = with(with(empty, kettle, 2), toaster, 1);
        Cart next = with(before.without(toaster), kettle, 5);
        carts().replace(empty, before);
        assertThat(carts().replace(before, next)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(next);
    }

    @Test
    void aCartIsNotReplacedByWhoeverHasSeenAnotherOne() {
        Cart cart = with(empty, kettle, 2);
        carts().replace(empty, cart);
        assertThat(carts().replace(empty, with(empty, toaster, 1))).isFalse();
        assertThat(carts().replace(with(empty, kettle, 1), with(empty, kettle, 3)))
                .isFalse();
        assertThat(carts().replace(with(cart, toaster, 1), empty)).isFalse();
        assertThat(carts().replace(with(empty, toaster, 2), empty)).isFalse();
        assertThat(carts().find(customer)).isEqualTo(cart);
    }

    @Test
    void aCartThatIsNotThereIsNotReplacedByWhoeverHasSeenOne() {
        assertThat(carts().replace(with(empty, kettle, 1), with(empty, kettle, 2)))
                .isFalse();
        assertThat(carts().find(customer)).isEqualTo(empty);
    }

    @Test
    void anEmptiedCartAndNoneAreTheSame() {
        Cart cart = with(empty, kettle, 2);
        carts().replace(empty, cart);
        assertThat(carts().replace(cart, empty)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(empty);
        assertThat(carts().replace(empty, empty)).isTrue();
        assertThat(carts().replace(empty, cart)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(cart);
    }

    @Test
    void aCartThatIsReplacedByItselfStaysAsItIs() {
        Cart cart = with(empty, kettle, 2);
        carts().replace(empty, cart);
        assertThat(carts().replace(cart, cart)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(cart);
    }

    @Test
    void customersDoNotTouchEachOthersCarts() {
        CustomerId other = Callers.somebody();
        Cart mine = with(empty, kettle, 2);
        Cart theirs = with(Cart.empty(other), toaster, 3);
        carts().replace(empty, mine);
        carts().replace(Cart.empty(other), theirs);
        assertThat(carts().find(customer)).isEqualTo(mine);
        assertThat(carts().find(other)).isEqualTo(theirs);
    }

    @Test
    void ofManyWhoChangeACartAtOnceNoneIsLost() {
        int pieces = 16;
        AtOnce.times(pieces, () -> {
            Cart before = carts().find(customer);
            while (!carts().replace(before, with(before, kettle, quantity(before) + 1))) {
                before = carts().find(customer);
            }
            return before;
        });
        assertThat(quantity(carts().find(customer))).isEqualTo(pieces);
    }

    private int quantity(Cart cart) {
        return cart.content().containsKey(kettle) ? cart.content().get(kettle).value() : 0;
    }

    private static Cart with(Cart cart, ProductId product, int quantity) {
        TreeMap<ProductId, Quantity> content = new TreeMap<>(cart.content());
        content.put(product, Quantity.of(quantity));
        return new Cart(cart.owner(), content);
    }
}
