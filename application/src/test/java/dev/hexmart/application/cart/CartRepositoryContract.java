package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CartRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CartRepositoryContract {

    private final CustomerId customer = Callers.newCustomerId();
    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();
    private final Cart empty = Cart.empty(customer);

    protected abstract CartRepository carts();

    /** One whose store cannot be reached. */
    protected abstract CartRepository unreachable();

    @Test
    void newCartIsEmpty() {
        assertThat(find()).isEqualTo(StoredCart.empty(customer));
    }

    @Test
    void aCartIsFoundAsItWasLeft() {
        Cart cart = with(with(empty, kettle, 2), toaster, 99);
        StoredCart stored = put(cart);
        assertThat(stored.cart()).isEqualTo(cart);
        assertThat(find()).isEqualTo(stored);
    }

    @Test
    void theFullestCartIsFoundAsItWasLeft() {
        Cart cart = empty;
        for (int i = 0; i < LineItems.MAX_LINES; i++) {
            cart = with(cart, Products.newProduct(), Quantity.MAX);
        }
        put(cart);
        assertThat(find().cart()).isEqualTo(cart);
    }

    @Test
    void replacementReplacesAllLines() {
        StoredCart before = put(with(with(empty, kettle, 2), toaster, 1));
        Cart next = with(before.cart().without(toaster), kettle, 5);
        StoredCart stored = carts().replace(before, next).orElseThrow();
        assertThat(stored.cart()).isEqualTo(next);
        assertThat(find()).isEqualTo(stored);
    }

    @Test
    void everyChangeMakesANewVersionAlsoBackToAnEarlierContent() {
        Cart one = with(empty, kettle, 1);
        Cart two = with(empty, kettle, 2);
        List<CartVersion> versions = Stream.of(one, two, one, empty, one, two)
                .map(this::put)
                .map(StoredCart::version)
                .toList();
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    void aReadOrAnEqualContentKeepsTheVersion() {
        StoredCart stored = put(with(empty, kettle, 2));
        assertThat(find()).isEqualTo(stored);
        assertThat(put(stored.cart())).isEqualTo(stored);
        assertThat(find()).isEqualTo(stored);
    }

    @Test
    void equalCartsOfTwoCustomersHaveVersionsOfTheirOwn() {
        CustomerId other = Callers.newCustomerId();
        CartVersion mine = put(with(empty, kettle, 2)).version();
        assertThat(put(with(Cart.empty(other), kettle, 2)).version()).isNotEqualTo(mine);
    }

    @Test
    void staleVersionDoesNotReplaceACart() {
        StoredCart older = put(with(empty, kettle, 1));
        StoredCart stored = put(with(empty, kettle, 2));
        Cart next = with(empty, toaster, 1);
        assertThat(carts().replace(StoredCart.empty(customer), next)).isEmpty();
        assertThat(carts().replace(older, next)).isEmpty();
        assertThat(carts().replace(new StoredCart(with(stored.cart(), toaster, 1), stored.version()), empty))
                .isEmpty();
        assertThat(carts().replace(new StoredCart(with(empty, toaster, 2), stored.version()), empty))
                .isEmpty();
        assertThat(find()).isEqualTo(stored);
    }

    @Test
    void anEqualContentOfAnotherVersionIsNotReplaced() {
        Cart cart = with(empty, kettle, 1);
        StoredCart older = put(cart);
        put(empty);
        StoredCart stored = put(cart);
        assertThat(carts().replace(older, empty)).isEmpty();
        assertThat(find()).isEqualTo(stored);
    }

    @Test
    void staleVersionDoesNotReplaceAMissingCart() {
        StoredCart older = put(with(empty, kettle, 1));
        put(empty);
        assertThat(carts().replace(older, with(empty, kettle, 2))).isEmpty();
        assertThat(find()).isEqualTo(StoredCart.empty(customer));
    }

    @Test
    void anEmptiedCartAndNoneAreTheSame() {
        Cart cart = with(empty, kettle, 2);
        put(cart);
        assertThat(put(empty)).isEqualTo(StoredCart.empty(customer));
        assertThat(find()).isEqualTo(StoredCart.empty(customer));
        assertThat(carts().replace(StoredCart.empty(customer), empty)).contains(StoredCart.empty(customer));
        assertThat(carts().replace(StoredCart.empty(customer), cart)).isPresent();
        assertThat(find().cart()).isEqualTo(cart);
    }

    @Test
    void customersDoNotTouchEachOthersCarts() {
        CustomerId other = Callers.newCustomerId();
        StoredCart mine = put(with(empty, kettle, 2));
        StoredCart theirs = put(with(Cart.empty(other), toaster, 3));
        assertThat(find()).isEqualTo(mine);
        assertThat(carts().find(other)).isEqualTo(theirs);
    }

    @Test
    void aCartIsRecalledAsItWasLeftHere() {
        CartRepository carts = carts();
        StoredCart stored = carts.replace(StoredCart.empty(customer), with(empty, kettle, 1))
                .orElseThrow();
        assertThat(carts.recall(customer)).isEqualTo(stored);
        carts.replace(stored, empty);
        assertThat(carts.recall(customer)).isEqualTo(StoredCart.empty(customer));
    }

    @Test
    void refusedReplacementRefreshesTheRecalledCart() {
        CartRepository carts = carts();
        StoredCart older = carts.replace(StoredCart.empty(customer), with(empty, kettle, 1))
                .orElseThrow();
        StoredCart stored = put(with(with(empty, kettle, 2), toaster, 1));
        assertThat(carts.replace(older, with(empty, kettle, 3))).isEmpty();
        assertThat(carts.recall(customer)).isEqualTo(stored);
        put(empty);
        assertThat(carts.replace(stored, with(empty, kettle, 3))).isEmpty();
        assertThat(carts.recall(customer)).isEqualTo(StoredCart.empty(customer));
    }

    @Test
    void aCartThatWasNeverSeenHereIsRecalledAsEmptyOrAsItIs() {
        StoredCart stored = put(with(empty, kettle, 1));
        assertThat(carts().recall(customer)).isIn(StoredCart.empty(customer), stored);
    }

    @Test
    void concurrentCartChangesAreAllKept() {
        int pieces = 16;
        AtOnce.times(pieces, () -> {
            StoredCart before = find();
            while (carts().replace(before, with(before.cart(), kettle, quantity(before.cart()) + 1))
                    .isEmpty()) {
                before = find();
            }
            return before;
        });
        assertThat(quantity(find().cart())).isEqualTo(pieces);
    }

    @Test
    void concurrentChangesOfRecalledCartsAreAllKept() {
        int pieces = 16;
        AtOnce.times(pieces, () -> {
            CartRepository carts = carts();
            StoredCart before = carts.recall(customer);
            while (carts.replace(before, with(before.cart(), kettle, quantity(before.cart()) + 1))
                    .isEmpty()) {
                before = carts.recall(customer);
            }
            return before;
        });
        assertThat(quantity(find().cart())).isEqualTo(pieces);
    }

    @Test
    void anUnreachableStoreIsATemporaryFailure() {
        CartRepository away = unreachable();
        StoredCart none = StoredCart.empty(customer);
        assertThatThrownBy(() -> away.find(customer)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.replace(none, empty)).isInstanceOf(TemporaryFailure.class);
        assertThat(away.recall(customer)).isEqualTo(none);
    }

    private StoredCart find() {
        return carts().find(customer);
    }

    private StoredCart put(Cart cart) {
        return carts().replace(carts().find(cart.owner()), cart).orElseThrow();
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
