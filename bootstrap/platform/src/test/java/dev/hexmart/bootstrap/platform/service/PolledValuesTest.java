package dev.hexmart.bootstrap.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class PolledValuesTest {

    private final PolledValues values = new PolledValues();
    private final AtomicInteger letters = new AtomicInteger(1);
    private final DoubleSupplier count = values.add(letters::get);

    @Test
    void aValueIsNotANumberBeforeTheFirstLookUp() {
        assertThat(count.getAsDouble()).isNaN();
    }

    @Test
    void aValueIsAsOldAsTheLastLookUp() {
        values.lookUp();
        letters.set(2);
        assertThat(count.getAsDouble()).isEqualTo(1);
        values.lookUp();
        assertThat(count.getAsDouble()).isEqualTo(2);
    }

    @Test
    void aFailedLookUpMakesItsOwnValueNotANumberAndNoOther() {
        DoubleSupplier outage = values.add(() -> {
            if (letters.get() > 1) {
                throw new TemporaryFailure("The broker is away");
            }
            return 7;
        });
        values.lookUp();
        assertThat(outage.getAsDouble()).isEqualTo(7);
        letters.set(2);
        values.lookUp();
        assertThat(outage.getAsDouble()).isNaN();
        assertThat(count.getAsDouble()).isEqualTo(2);
    }
}
