package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {

    @Test
    void aPictureIsFoundWithItsType() {
        assertThat(StaticFiles.find("/images/logo.svg"))
                .hasValueSatisfying(file -> assertThat(file.mediaType()).isEqualTo("image/svg+xml"))
                .hasValueSatisfying(file -> assertThat(file.bytes()).isNotEmpty());
        assertThat(StaticFiles.find("/images/products/placeholder.svg")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/images/unknown.svg",
                "/../logback.xml",
                "/images/../../logback.xml",
                "/images/%2e%2e/logo.svg",
                "//images/logo.svg",
                "/images/logo.svg/",
                "/dev/hexmart/adapter/storefront/StaticFiles.class",
                "images/logo.svg",
                ""
            })
    void whatIsNoFileOfTheStorefrontIsNotFound(String path) {
        assertThat(StaticFiles.find(path)).isEmpty();
    }
}
