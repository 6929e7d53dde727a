package dev.hexmart.bootstrap.products;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The products that a new shop starts with, and the pictures that it shows of them. */
class SeedCatalogTest {

    private static final Set<String> CATEGORIES =
            Set.of("coffee-tea", "kitchen", "desk-paper", "garden", "outdoors", "sound-light");
    private static final Path STOREFRONT = Path.of("../../adapters/storefront/src/main/resources/storefront");
    private static final int MAX_PICTURE_BYTES = 4096;

    @Test
    void thereAreSixCategoriesOfTenProductsEach() {
        assertThat(products().stream().collect(groupingBy(product -> product.getString("category"), counting())))
                .containsOnlyKeys(CATEGORIES)
                .allSatisfy((category, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void everyCategoryHasAName() {
        assertThat(SeedCatalog.categories().keySet())
                .extracting(Category::slug)
                .containsExactlyInAnyOrderElementsOf(CATEGORIES);
    }

    @Test
    void noTwoProductsShareAnIdANameOrAPicture() {
        assertThat(products()).extracting(SeedCatalogTest::id).doesNotHaveDuplicates();
        assertThat(products()).extracting(product -> product.getString("name")).doesNotHaveDuplicates();
        assertThat(products()).extracting(product -> product.getString("image")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("products")
    void theCatalogAcceptsTheProduct(JsonObject product) {
        JsonObject price = product.getJsonObject("price");
        var details = new ProductDetails(
                product.getString("name"),
                product.getString("description"),
                new Category(product.getString("category")),
                product.getString("image"),
                Money.of(price.getJsonNumber("amount").longValueExact(), price.getString("currency")));

        assertThat(details.name()).hasSizeLessThanOrEqualTo(80);
        assertThat(details.description()).hasSizeGreaterThan(80);
        assertThat(details.price().currency().code()).isEqualTo("EUR");
        assertThat(product.getJsonNumber("stock").intValueExact()).isNotNegative();
    }

    @Test
    void seedHasASoldOutAndALastProduct() {
        assertThat(products())
                .filteredOn(product -> product.getInt("stock") == 0)
                .hasSize(1);
        assertThat(products())
                .filteredOn(product -> product.getInt("stock") == 1)
                .hasSize(1);
    }

    @Test
    void everyPictureBelongsToAProductAndEveryProductHasOne() throws IOException {
        Set<String> shown =
                products().stream().map(product -> product.getString("image")).collect(toSet());
        shown.add("/images/products/placeholder.svg"); // for what is put on offer without a picture
        try (Stream<Path> files = Files.list(STOREFRONT.resolve("images/products"))) {
            assertThat(files.map(file -> "/images/products/" + file.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(shown);
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsSmallAndLoadsAndRunsNothing(Path picture) throws Exception {
        assertThat(Files.size(picture)).isLessThanOrEqualTo(MAX_PICTURE_BYTES);

        Element svg = parse(picture).getDocumentElement();
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        elements(svg).forEach(SeedCatalogTest::assertHarmless);
    }

    private static void assertHarmless(Element element) {
        assertThat(element.getTagName()).isIn("svg", "title", "g", "clipPath", "path", "rect", "circle", "ellipse");
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            assertThat(attribute.getNodeName()).doesNotStartWith("on").doesNotContain("href");
            // a picture may refer to a shape of its own, such as url(#c0), and to nothing else
            assertThat(attribute.getNodeValue().replaceAll("url\\(#\\w+\\)", ""))
                    .doesNotContain("url(");
        }
    }

    private static List<Element> elements(Element svg) {
        var elements = new ArrayList<Element>();
        elements.add(svg);
        var descendants = svg.getElementsByTagName("*");
        for (int i = 0; i < descendants.getLength(); i++) {
            elements.add((Element) descendants.item(i));
        }
        return elements;
    }

    private static Document parse(Path picture) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(picture.toFile());
    }

    private static ProductId id(JsonObject product) {
        return ProductId.parse(product.getString("id"));
    }

    static Stream<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.walk(STOREFRONT.resolve("images"))) {
            return files.filter(file -> file.toString().endsWith(".svg")).sorted().toList().stream();
        }
    }

    static List<JsonObject> products() {
        try (InputStream seed =
                        Objects.requireNonNull(SeedCatalogTest.class.getResourceAsStream("/seed/products.json"));
                var reader = Json.createReader(seed)) {
            return reader.readArray().getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
