package dev.hexmart.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryNameTest {

    @ParameterizedTest
    @CsvSource({"coffee-makers, Coffee makers", "kitchen, Kitchen", "3d-print-and-laser, 3d print and laser"})
    void aCategoryWithoutANameIsCalledByItsSlugInWords(String slug, String name) {
        assertThat(CategoryName.of(new Category(slug))).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Tea", "Tea ", "Tea\nCoffee", "Tea\u0000"})
    void aBrokenNameIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoryName(text));
    }

    @Test
    void aNameHasALimit() {
        assertThat(new CategoryName("x".repeat(60)).text()).hasSize(60);
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoryName("x".repeat(61)));
    }
}
