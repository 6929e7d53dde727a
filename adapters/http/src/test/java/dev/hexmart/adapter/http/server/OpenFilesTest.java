package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

    @Test
    void tooLowFileLimitIsReportedWithTheFix() {
        assertThat(OpenFiles.shortage(1024, 2000))
                .hasValueSatisfying(line -> assertThat(line).contains("1024", "2000", "ulimit -n"));
    }

    @Test
    void asManyFilesAsConnectionsAreEnough() {
        assertThat(OpenFiles.shortage(2000, 2000)).isEmpty();
    }
}
