package dev.hexmart.domain.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.domain.cart.Cart.Change;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CartTest {

    private static final ProductId KETTLE = ProductId.parse("00000000-0000-0000-0000-000000000001");
    private static final ProductId TOASTER = ProductId.parse("00000000-0000-0000-0000-000000000002");

    private final Cart empty = Cart.empty(new CustomerId(UUID.randomUUID(), UUID.randomUUID()));

    @Test
    void aNewCartIsEmpty() {
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.lines()).isEmpty();
    }

    @Test
    void linesAreOrderedByProduct() {
        Cart cart = with(with(empty, TOASTER, 1), KETTLE, 2);
        assertThat(cart.isEmpty()).isFalse();
        assertThat(cart.lines()).containsExactly(line(KETTLE, 2), line(TOASTER, 1));
    }

    @Test
    void aCartKeepsItsLinesApart() {
        Cart cart = with(with(empty, KETTLE, 2), TOASTER, 1);
        assertThat(changed(cart.add(line(KETTLE, 3)))).isEqualTo(with(with(empty, KETTLE, 5), TOASTER, 1));
        assertThat(changed(cart.set(TOASTER, Quantity.of(7)))).isEqualTo(with(with(empty, KETTLE, 2), TOASTER, 7));
        assertThat(cart.without(KETTLE)).isEqualTo(with(empty, TOASTER, 1));
    }

    @Test
    void cartsWithTheSameContentAreEqual() {
        assertThat(with(with(empty, TOASTER, 1), KETTLE, 2)).isEqualTo(with(with(empty, KETTLE, 2), TOASTER, 1));
        assertThat(with(empty, KETTLE, 1)).isNotEqualTo(with(empty, KETTLE, 2));
        assertThat(with(empty, KETTLE, 1).without(KETTLE)).isEqualTo(empty);
        assertThat(Cart.empty(new CustomerId(UUID.randomUUID(), UUID.randomUUID())))
                .isNotEqualTo(empty);
    }

    @Test
    void thereAreNeverMorePiecesOfAProductThanTheMaximum() {
        Cart cart = with(empty, KETTLE, Quantity.MAX - 1);
        assertThat(changed(cart.add(line(KETTLE, 1)))).isEqualTo(with(empty, KETTLE, Quantity.MAX));
        assertThat(cart.add(line(KETTLE, 2))).isEqualTo(new Change.TooManyPieces(Quantity.MAX - 1));
    }

    @Test
    void thereAreNeverMoreProductsThanTheMaximum() {
        Cart full = empty;
        for (int i = 0; i < LineItems.MAX_LINES; i++) {
            full = with(full, new ProductId(new UUID(1, i)), 1);
        }
        assertThat(full.lines()).hasSize(LineItems.MAX_LINES);
        assertThat(full.add(line(KETTLE, 1))).isEqualTo(new Change.TooManyProducts());
        assertThat(full.set(KETTLE, Quantity.of(1))).isEqualTo(new Change.TooManyProducts());
        ProductId present = full.lines().getFirst().product();
        assertThat(changed(full.add(line(present, 1))).content()).containsEntry(present, Quantity.of(2));
        SortedMap<ProductId, Quantity> tooMany = new TreeMap<>(full.content());
        tooMany.put(KETTLE, Quantity.of(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cart(empty.owner(), tooMany));
    }

    @Test
    void takingOutWhatIsNotThereChangesNothing() {
        assertThat(with(empty, KETTLE, 1).without(TOASTER)).isEqualTo(with(empty, KETTLE, 1));
    }

    @Test
    void boughtLinesAreRemovedAndAddedLinesStay() {
        Cart now = with(with(empty, KETTLE, 5), TOASTER, 1);
        assertThat(now.minus(List.of(line(KETTLE, 2)))).isEqualTo(with(with(empty, KETTLE, 3), TOASTER, 1));
        assertThat(now.minus(List.of(line(KETTLE, 5), line(TOASTER, 1)))).isEqualTo(empty);
        assertThat(now.minus(List.of(line(TOASTER, 2)))).isEqualTo(with(empty, KETTLE, 5));
        assertThat(empty.minus(List.of(line(KETTLE, 2)))).isEqualTo(empty);
    }

    @Test
    void cartLinesAreImmutable() {
        TreeMap<ProductId, Quantity> content = new TreeMap<>();
        content.put(KETTLE, Quantity.of(1));
        Cart cart = new Cart(empty.owner(), content);
        content.clear();
        assertThat(cart).isEqualTo(with(empty, KETTLE, 1));
        assertThatThrownBy(() -> cart.content().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static LineItem line(ProductId product, int quantity) {
        return new LineItem(product, Quantity.of(quantity));
    }

    private static Cart with(Cart cart, ProductId product, int quantity) {
        return changed(cart.set(product, Quantity.of(quantity)));
    }

    private static Cart changed(Change change) {
        assertThat(change).isInstanceOf(Change.Changed.class);
        return ((Change.Changed) change).cart();
    }
}
