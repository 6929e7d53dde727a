package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.cart.InMemoryProductDirectory;
import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.cart.ProductDirectoryContract;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KnownProductsTest extends ProductDirectoryContract {

    private static final Currency EUROS = Currency.of("EUR");
    private static final Currency YEN = Currency.of("JPY");
    private static final Credential CREDENTIAL = new Credential("token");

    private final InMemoryProductDirectory catalog = new InMemoryProductDirectory();
    private final List<Collection<ProductId>> asked = new ArrayList<>();
    private volatile Runnable meanwhile = () -> {};
    private final ManualClock clock = ManualClock.atNoon();
    private final KnownProducts known = new KnownProducts(this::ask, clock);
    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();

    private Map<ProductId, Currency> ask(Collection<ProductId> products, Credential customer) {
        asked.add(List.copyOf(products));
        meanwhile.run();
        return catalog.currencies(products, customer);
    }

    @Override
    protected ProductDirectory directory() {
        return known;
    }

    @Override
    protected void theCatalogOffers(ProductId product) {
        catalog.offer(product);
    }

    @Override
    protected void breakCatalog() {
        catalog.breakDown();
    }

    @Override
    protected Credential lastCredential() {
        return catalog.lastCredential().orElseThrow();
    }

    @Test
    void knownProductIsAskedForAgainAtItsRenewalOnly() {
        catalog.offer(kettle);
        currencies(kettle);
        clock.advance(KnownProducts.RENEWAL.minusMillis(1));
        catalog.offer(kettle, YEN);
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, EUROS));
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, YEN));
        assertThat(asked).hasSize(2);
    }

    @Test
    void otherRequestsGoOnWithTheKnownAnswerDuringARenewal() {
        catalog.offer(kettle);
        currencies(kettle);
        clock.advance(KnownProducts.RENEWAL);
        List<Map<ProductId, Currency>> others = new ArrayList<>();
        meanwhile = () -> others.add(currencies(kettle));
        currencies(kettle);
        assertThat(others).containsExactly(Map.of(kettle, EUROS));
        assertThat(asked).hasSize(2);
    }

    @Test
    void requestWaitsForTheAnswerThatAnotherIsGettingAlready() throws Exception {
        catalog.offer(kettle);
        AtomicReference<Map<ProductId, Currency>> answer = new AtomicReference<>(Map.of());
        Thread other = new Thread(() -> answer.set(currencies(kettle)));
        meanwhile = () -> {
            other.start();
            awaitWaiting(other);
        };
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, EUROS));
        other.join();
        assertThat(answer).hasValue(Map.of(kettle, EUROS));
        assertThat(asked).hasSize(1);
    }

    @Test
    void requestAsksItselfWhereTheOneItWaitedForHasFailed() throws Exception {
        catalog.offer(kettle);
        AtomicReference<Map<ProductId, Currency>> answer = new AtomicReference<>(Map.of());
        Thread other = new Thread(() -> answer.set(currencies(kettle)));
        meanwhile = () -> {
            meanwhile = () -> {};
            other.start();
            awaitWaiting(other);
            throw new TemporaryFailure("The first request fails");
        };
        assertThatThrownBy(() -> currencies(kettle)).isInstanceOf(TemporaryFailure.class);
        other.join();
        assertThat(answer).hasValue(Map.of(kettle, EUROS));
    }

    @Test
    void knownAnswerStandsAfterAFailedRenewalUntilItIsTooOld() {
        catalog.offer(kettle);
        currencies(kettle);
        clock.advance(KnownProducts.RENEWAL);
        catalog.breakDown();
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, EUROS));
        clock.advance(ProductDirectory.MAX_AGE.minus(KnownProducts.RENEWAL));
        assertThatThrownBy(() -> currencies(kettle)).isInstanceOf(TemporaryFailure.class);
    }

    @Test
    void productTakenOffSaleIsGoneAtItsRenewal() {
        catalog.offer(kettle);
        currencies(kettle);
        catalog.withdraw(kettle);
        clock.advance(KnownProducts.RENEWAL);
        assertThat(currencies(kettle)).isEmpty();
        assertThat(currencies(kettle)).isEmpty();
        assertThat(asked).hasSize(3);
    }

    @Test
    void theCatalogIsAskedForThoseAloneThatAreNotKnown() {
        catalog.offer(kettle);
        catalog.offer(toaster);
        currencies(kettle);
        assertThat(currencies(kettle, toaster)).isEqualTo(Map.of(kettle, EUROS, toaster, EUROS));
        assertThat(asked).containsExactly(List.of(kettle), List.of(toaster));
    }

    @Test
    void aProductThatWasNotOnOfferIsAskedForAgainEachTime() {
        assertThat(currencies(kettle)).isEmpty();
        catalog.offer(kettle);
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, EUROS));
    }

    @Test
    void knownProductsAreAnsweredDuringACatalogOutage() {
        catalog.offer(kettle);
        currencies(kettle);
        catalog.breakDown();
        assertThat(currencies(kettle)).isEqualTo(Map.of(kettle, EUROS));
        assertThatThrownBy(() -> currencies(kettle, toaster)).isInstanceOf(TemporaryFailure.class);
    }

    @Test
    void theProductsThatWereUsedLeastAreForgotten() {
        catalog.offer(kettle);
        currencies(kettle);
        for (int i = 0; i < 10_000; i++) {
            ProductId product = Products.newProduct();
            catalog.offer(product);
            currencies(product);
        }
        asked.clear();
        currencies(kettle);
        assertThat(asked).containsExactly(List.of(kettle));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private Map<ProductId, Currency> currencies(ProductId... products) {
        return known.currencies(List.of(products), CREDENTIAL);
    }
}
