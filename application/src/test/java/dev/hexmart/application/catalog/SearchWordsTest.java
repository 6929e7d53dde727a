package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.catalog.SearchWords.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules are those of {@link ProductRepositoryContract}; this is how they come about. */
class SearchWordsTest {

    @Test
    void wordsAreFoldedToPlainSmallLetters() {
        assertThat(SearchWords.of("Crème BRÛLÉE, straße; ﬁve £5"))
                .containsExactly("5", "brulee", "creme", "five", "strasse");
    }

    @Test
    void aCompoundIsIndexedFromEachOfItsPartsOn() {
        assertThat(SearchWords.of("AVC-A1H wi-fi")).containsExactly("a1h", "avca1h", "fi", "wifi");
    }

    @Test
    void aWordIsCutAtItsLimitInTheTextAndInTheSearch() {
        String word = "𝒜b".repeat(40);
        assertThat(SearchWords.of(word)).containsExactly("ab".repeat(16));
        assertThat(SearchWords.terms(word)).containsExactly(new Term("ab".repeat(16), List.of("ab".repeat(16))));
    }

    @Test
    void aTermIsAWholeOrItsParts() {
        assertThat(SearchWords.terms(" T-Shirt  & red"))
                .containsExactly(new Term("tshirt", List.of("t", "shirt")), new Term("red", List.of("red")));
    }

    @Test
    void blankSearchHasNoTermsAndSymbolsMatchNothing() {
        assertThat(SearchWords.terms(" \u00a0\u3000")).isEmpty();
        assertThat(SearchWords.terms("")).isEmpty();
        assertThat(SearchWords.terms("+ ✓"))
                .singleElement()
                .satisfies(term -> assertThat(
                                InMemoryProductRepository.matches(term, SearchWords.of("+ ✓ everything a shop has")))
                        .isFalse());
    }

    @Test
    void theWordsOfAnyTextAreFew() {
        assertThat(SearchWords.of("a-".repeat(1000))).hasSizeLessThan(100);
        assertThat(SearchWords.of("茶".repeat(2000))).hasSizeLessThan(100);
    }
}
