package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.FillCart.Outcome;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FillCartTest {

    private static final Set<CartVersion> ANY = Set.of();
    private static final Currency EUROS = Currency.of("EUR");
    private static final Currency YEN = Currency.of("JPY");

    private final InMemoryCarts carts = new InMemoryCarts();
    private final InMemoryProductDirectory products = new InMemoryProductDirectory();
    private final FillCart filling = new FillCart(carts, products);
    private final CustomerId customer = Callers.newCustomerId();
    private final Credential credential = new Credential("token");
    private final ProductId kettle = offered();

    @Test
    void piecesAreAddedToWhatIsThere() {
        assertThat(filling.view(customer)).isEqualTo(StoredCart.empty(customer));
        add(kettle, 2);
        assertThat(add(kettle, 3)).isEqualTo(new Outcome.Changed(filling.view(customer)));
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(kettle, 5));
    }

    @Test
    void quantityIsSetRegardlessOfTheOldOne() {
        ProductId toaster = offered();
        add(kettle, 2);
        assertThat(set(kettle, 7)).isEqualTo(new Outcome.Changed(filling.view(customer)));
        assertThat(set(toaster, 1)).isEqualTo(new Outcome.Changed(filling.view(customer)));
        assertThat(filling.view(customer).cart().lines()).containsExactlyInAnyOrder(line(kettle, 7), line(toaster, 1));
    }

    @Test
    void unavailableProductCannotBeAdded() {
        assertThat(add(Products.newProduct(), 1)).isEqualTo(new Outcome.UnknownProduct());
        assertThat(set(Products.newProduct(), 1)).isEqualTo(new Outcome.UnknownProduct());
        assertThat(filling.view(customer).cart().isEmpty()).isTrue();
    }

    @Test
    void theCatalogIsAskedOnTheCustomersBehalf() {
        add(kettle, 1);
        assertThat(products.lastCredential()).contains(credential);
    }

    @Test
    void aCartCanBeFilledWhileTheCatalogIsAway() {
        products.breakDown();
        assertThat(add(kettle, 1)).isInstanceOf(Outcome.Changed.class);
        assertThat(set(kettle, 2)).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void unavailableLineCanBeChanged() {
        ProductId gone = Products.newProduct();
        carts.replace(StoredCart.empty(customer), new Cart(customer, new TreeMap<>(Map.of(gone, Quantity.of(3)))));
        assertThat(set(gone, 1)).isInstanceOf(Outcome.Changed.class);
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(gone, 1));
    }

    @Test
    void tooManyPiecesAreRefusedAndItIsSaidHowManyAreThere() {
        add(kettle, 90);
        assertThat(add(kettle, 10)).isEqualTo(new Outcome.TooManyPieces(90));
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(kettle, 90));
    }

    @Test
    void tooManyProductsAreRefused() {
        for (int i = 0; i < LineItems.MAX_LINES; i++) {
            add(offered(), 1);
        }
        assertThat(add(kettle, 1)).isEqualTo(new Outcome.TooManyProducts());
        assertThat(set(kettle, 1)).isEqualTo(new Outcome.TooManyProducts());
        assertThat(filling.view(customer).cart().lines()).hasSize(LineItems.MAX_LINES);
    }

    @Test
    void removedLineIsGoneAndOthersStay() {
        ProductId toaster = offered();
        add(kettle, 2);
        add(toaster, 1);
        assertThat(filling.remove(customer, ANY, kettle).orElseThrow().cart().lines())
                .containsExactly(line(toaster, 1));
        assertThat(filling.remove(customer, ANY, kettle).orElseThrow().cart().lines())
                .containsExactly(line(toaster, 1));
        filling.clear(customer, ANY);
        assertThat(filling.view(customer).cart().isEmpty()).isTrue();
        filling.clear(customer, ANY);
    }

    @Test
    void aCartThatChangedSinceItWasSeenStaysAsItIs() {
        add(kettle, 2);
        Set<CartVersion> stale = Set.of(filling.view(customer).version(), CartVersion.EMPTY);
        add(kettle, 1);
        StoredCart now = filling.view(customer);
        assertThat(filling.add(customer, stale, line(kettle, 1), credential)).isEqualTo(new Outcome.CartChanged());
        assertThat(filling.set(customer, stale, kettle, Quantity.of(7), credential))
                .isEqualTo(new Outcome.CartChanged());
        assertThat(filling.remove(customer, stale, kettle)).isEmpty();
        assertThat(filling.clear(customer, stale)).isEmpty();
        assertThat(filling.view(customer)).isEqualTo(now);
        assertThat(filling.clear(customer, Set.of(now.version(), CartVersion.EMPTY)))
                .contains(StoredCart.empty(customer));
    }

    @Test
    void ofChangesOfOneVersionAtOnceOneIsMade() {
        add(kettle, 1);
        Set<CartVersion> seen = Set.of(filling.view(customer).version());
        List<Outcome> outcomes =
                AtOnce.times(8, i -> () -> filling.set(customer, seen, kettle, Quantity.of(i + 2), credential));
        assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
    }

    @Test
    void customersHaveACartEach() {
        CustomerId other = Callers.newCustomerId();
        add(kettle, 2);
        filling.add(other, ANY, line(kettle, 5), credential);
        filling.clear(other, ANY);
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(kettle, 2));
    }

    @Test
    void tabsThatAddAtOnceLoseNothing() {
        AtOnce.times(20, () -> add(kettle, 1));
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(kettle, 20));
    }

    @Test
    void persistentCartConflictIsATemporaryFailure() {
        FillCart contended = new FillCart(new ContendedCarts(), products);
        assertThatThrownBy(() -> contended.add(customer, ANY, line(kettle, 1), credential))
                .isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> contended.clear(customer, ANY)).isInstanceOf(TemporaryFailure.class);
    }

    @Test
    void aProductInAnotherCurrencyThanTheCartIsRefused() {
        add(kettle, 1);
        ProductId fan = Products.newProduct();
        products.offer(fan, YEN);
        assertThat(add(fan, 1)).isEqualTo(new Outcome.OtherCurrency(YEN, EUROS));
        assertThat(set(fan, 1)).isEqualTo(new Outcome.OtherCurrency(YEN, EUROS));
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(kettle, 1));
        filling.clear(customer, ANY);
        assertThat(add(fan, 1)).isInstanceOf(Outcome.Changed.class);
        assertThat(add(kettle, 1)).isEqualTo(new Outcome.OtherCurrency(EUROS, YEN));
    }

    @Test
    void lineInAnotherCurrencyCanBeChangedAndRemoved() {
        ProductId toaster = offered();
        add(kettle, 2);
        add(toaster, 2);
        products.offer(toaster, YEN);
        assertThat(set(toaster, 1)).isInstanceOf(Outcome.Changed.class);
        assertThat(filling.remove(customer, ANY, toaster).orElseThrow().cart().lines())
                .containsExactly(line(kettle, 2));
    }

    @Test
    void ofTwoCurrenciesAddedAtOnceOneIsRefused() {
        ProductId fan = Products.newProduct();
        products.offer(fan, YEN);
        List<Outcome> outcomes = AtOnce.times(8, i -> () -> add(i % 2 == 0 ? kettle : fan, 1));
        assertThat(outcomes).anyMatch(Outcome.OtherCurrency.class::isInstance);
        assertThat(filling.view(customer).cart().lines()).hasSize(1);
    }

    @Test
    void staleRecalledCartCausesNoRefusal() {
        ProductId fan = Products.newProduct();
        products.offer(fan, YEN);
        add(kettle, 99);
        FillCart here = recalling(filling.view(customer));
        filling.clear(customer, ANY);
        assertThat(here.add(customer, ANY, line(kettle, 1), credential)).isInstanceOf(Outcome.Changed.class);
        filling.clear(customer, ANY);
        assertThat(here.add(customer, ANY, line(fan, 2), credential)).isInstanceOf(Outcome.Changed.class);
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(fan, 2));
    }

    @Test
    void staleRecalledCartIsNotWrittenBack() {
        ProductId toaster = offered();
        add(kettle, 1);
        FillCart here = recalling(filling.view(customer));
        filling.clear(customer, ANY);
        add(toaster, 1);
        assertThat(here.add(customer, ANY, line(toaster, 1), credential))
                .isEqualTo(new Outcome.Changed(filling.view(customer)));
        assertThat(filling.view(customer).cart().lines()).containsExactly(line(toaster, 2));
        here.remove(customer, ANY, toaster);
        assertThat(filling.view(customer).cart().isEmpty()).isTrue();
    }

    @Test
    void theVersionThatWasSeenIsComparedWithTheCartAsItIs() {
        FillCart here = recalling(StoredCart.empty(customer));
        add(kettle, 1);
        Set<CartVersion> seen = Set.of(filling.view(customer).version());
        assertThat(here.add(customer, seen, line(kettle, 1), credential)).isInstanceOf(Outcome.Changed.class);
        assertThat(here.add(customer, seen, line(kettle, 1), credential)).isEqualTo(new Outcome.CartChanged());
        FillCart elsewhere = recalling(StoredCart.empty(customer));
        assertThat(elsewhere.remove(customer, seen, kettle)).isEmpty();
        assertThat(elsewhere.remove(customer, Set.of(filling.view(customer).version()), kettle))
                .isPresent();
        assertThat(elsewhere.clear(customer, Set.of(CartVersion.EMPTY))).isPresent();
    }

    @Test
    void aRefusalIsOfTheCartAsItIs() {
        FillCart here = recalling(StoredCart.empty(customer));
        add(kettle, 98);
        assertThat(here.add(customer, ANY, line(kettle, 2), credential)).isEqualTo(new Outcome.TooManyPieces(98));
    }

    /** With a memory of the customer's cart from before, until it is refused. */
    private FillCart recalling(StoredCart before) {
        return new FillCart(new RememberingCarts(carts, before), products);
    }

    private static final class RememberingCarts implements CartRepository {

        private final CartRepository carts;
        private StoredCart last;

        RememberingCarts(CartRepository carts, StoredCart last) {
            this.carts = carts;
            this.last = last;
        }

        @Override
        public StoredCart find(CustomerId owner) {
            return carts.find(owner);
        }

        @Override
        public StoredCart recall(CustomerId owner) {
            return last;
        }

        @Override
        public Optional<StoredCart> replace(StoredCart expected, Cart next) {
            Optional<StoredCart> replaced = carts.replace(expected, next);
            last = replaced.orElseGet(() -> carts.find(next.owner()));
            return replaced;
        }
    }

    private ProductId offered() {
        ProductId product = Products.newProduct();
        products.offer(product);
        return product;
    }

    private Outcome add(ProductId product, int quantity) {
        return filling.add(customer, ANY, line(product, quantity), credential);
    }

    private Outcome set(ProductId product, int quantity) {
        return filling.set(customer, ANY, product, Quantity.of(quantity), credential);
    }

    private static LineItem line(ProductId product, int quantity) {
        return new LineItem(product, Quantity.of(quantity));
    }

    /** A concurrent change always comes first. */
    private static final class ContendedCarts implements CartRepository {

        @Override
        public StoredCart find(CustomerId owner) {
            return StoredCart.empty(owner);
        }

        @Override
        public StoredCart recall(CustomerId owner) {
            return StoredCart.empty(owner);
        }

        @Override
        public Optional<StoredCart> replace(StoredCart expected, Cart next) {
            return Optional.empty();
        }
    }
}
