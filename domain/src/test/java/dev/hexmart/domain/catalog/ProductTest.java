package dev.hexmart.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTest {

    private static final Category KITCHEN = new Category("kitchen");
    private static final String IMAGE = "/images/products/kettle.svg";
    private static final Money PRICE = Money.of(1999, "EUR");

    @Test
    void versionsCountFromOneAndByOne() {
        Product product = Product.introduce(new ProductId(UUID.randomUUID()), named("Kettle"));
        assertThat(product.version()).isEqualTo(1);
        Product revised = product.revise(named("Better kettle"));
        assertThat(revised).isEqualTo(new Product(product.id(), named("Better kettle"), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Product(product.id(), named("Kettle"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"K", "Kettle 1.7 l", "Große „Kanne“ 🫖", "<b>Kettle</b>"})
    void aNameIsAnyTextOnOneLine(String name) {
        assertThat(named(name).name()).isEqualTo(name);
    }

    @Test
    void aNameHasItsBounds() {
        assertThat(named("x".repeat(ProductDetails.MAX_NAME)).name()).hasSize(ProductDetails.MAX_NAME);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named("x".repeat(ProductDetails.MAX_NAME + 1)))
                .withMessageContaining("120");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Kettle", "Kettle ", "Ket\ntle", "Ket\ttle", "Ket\u0000tle", "\u2003Kettle"})
    void emptyOrMalformedNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> named(name));
    }

    @Test
    void aDescriptionMayBeEmptyOrHaveManyLines() {
        assertThat(described("").description()).isEmpty();
        assertThat(described("One\nTwo\n").description()).isEqualTo("One\nTwo\n");
        assertThat(described("x".repeat(ProductDetails.MAX_DESCRIPTION)).description())
                .hasSize(ProductDetails.MAX_DESCRIPTION);
    }

    @Test
    void aDescriptionThatIsTooLongOrHasControlCharactersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> described("x".repeat(ProductDetails.MAX_DESCRIPTION + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> described("One\rTwo"));
        assertThatIllegalArgumentException().isThrownBy(() -> described("\u001b[31m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/a.svg", "/images/products/kettle-2.png", "/images/x/y.jpg", "/images/x.webp"})
    void anImageIsAFileOfTheShop(String image) {
        assertThat(pictured(image).image()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kettle.svg",
                "https://example.com/images/kettle.svg",
                "//example.com/images/kettle.svg",
                "/images/../kettle.svg",
                "/images/kettle.html",
                "/images/kettle.svg?x",
                "/images/Kettle.svg",
                "/images/kettle.svg\n",
                "/images/.svg"
            })
    void anythingElseIsNoImage(String image) {
        assertThatIllegalArgumentException().isThrownBy(() -> pictured(image));
    }

    @ParameterizedTest
    @CsvSource({
        "JPY, 10000000000",
        "VND, 10000000000",
        "EUR, 1000000000000",
        "IDR, 1000000000000",
        "KWD, 10000000000000",
        "UYW, 100000000000000"
    })
    void aPriceIsFromOneMinorUnitToTenThousandMillionUnits(String code, long most) {
        assertThat(priced(Money.of(1, code)).price().amount()).isEqualTo(1);
        assertThat(priced(Money.of(most, code)).price().amount()).isEqualTo(most);
        assertThatIllegalArgumentException().isThrownBy(() -> priced(Money.of(0, code)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> priced(Money.of(most + 1, code)))
                .withMessageContaining(code)
                .withMessageContaining(String.valueOf(most));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kitchen", "coffee-tea", "a", "1-2-3", "a234567890123456789012345678901234567890"})
    void aCategoryIsASlug(String slug) {
        assertThat(new Category(slug)).hasToString(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "a-",
                "-a",
                "a--b",
                "Kitchen",
                "a b",
                "ä",
                "a\n",
                "a2345678901234567890123456789012345678901"
            })
    void anythingElseIsNoCategory(String slug) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Category(slug));
    }

    private static ProductDetails named(String name) {
        return new ProductDetails(name, "", KITCHEN, IMAGE, PRICE);
    }

    private static ProductDetails described(String description) {
        return new ProductDetails("Kettle", description, KITCHEN, IMAGE, PRICE);
    }

    private static ProductDetails pictured(String image) {
        return new ProductDetails("Kettle", "", KITCHEN, image, PRICE);
    }

    private static ProductDetails priced(Money price) {
        return new ProductDetails("Kettle", "", KITCHEN, IMAGE, price);
    }
}
