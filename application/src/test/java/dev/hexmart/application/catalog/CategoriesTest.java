package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Naming and listing the categories. */
class CategoriesTest {

    private static final Category MAKERS = new Category("coffee-makers");
    private static final CategoryName NAME = new CategoryName("Coffee & makers");

    private final InMemoryCatalog catalog = InMemoryCatalog.create();
    private final AddProduct adding =
            new AddProduct(catalog.transactor(), Products.CURRENCIES, Products::newProduct, ManualClock.atNoon());
    private final NameCategory naming = new NameCategory(catalog.transactor());
    private final BrowseCategories browsing = new BrowseCategories(catalog.transactor());

    @Test
    void aNewCategoryIsCalledByItsSlugInWordsUntilItIsNamed() {
        adding.add(Callers.employee(), Products.details("Moka pot", "", MAKERS, 1), 0);
        assertThat(browsing.list()).containsExactly(new ListedCategory(MAKERS, new CategoryName("Coffee makers"), 1));
        ListedCategory named = new ListedCategory(MAKERS, NAME, 1);
        assertThat(naming.name(Callers.employee(), MAKERS, NAME)).isEqualTo(named);
        assertThat(browsing.list()).containsExactly(named);
    }

    @Test
    void categoriesAreListedByNameFromAToZ() {
        naming.name(Callers.employee(), new Category("c"), new CategoryName("Zithers"));
        naming.name(Callers.employee(), new Category("b"), new CategoryName("\u00c9tag\u00e8res"));
        naming.name(Callers.employee(), new Category("a"), new CategoryName("Frames"));
        naming.name(Callers.employee(), new Category("d"), new CategoryName("easels"));
        assertThat(browsing.list())
                .extracting(listed -> listed.name().text())
                .containsExactly("easels", "\u00c9tag\u00e8res", "Frames", "Zithers");
    }

    @Test
    void aNameThatWasGivenOutlivesTheSeedOfAnotherStart() {
        naming.seed(Map.of(MAKERS, new CategoryName("Makers")));
        naming.name(Callers.employee(), MAKERS, NAME);
        naming.seed(Map.of(MAKERS, new CategoryName("Makers")));
        assertThat(browsing.list()).containsExactly(new ListedCategory(MAKERS, NAME, 0));
    }
}
