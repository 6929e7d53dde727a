package dev.hexmart.application.catalog;

import java.text.CollationKey;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Names in alphabetical order: letters before accents before case, and spaces before letters. */
final class Alphabet {

    private Alphabet() {}

    /** A total order of texts, which differ in it wherever they differ. */
    static Comparator<String> order() {
        return by(Collator.PRIMARY)
                .thenComparing(by(Collator.SECONDARY))
                .thenComparing(by(Collator.TERTIARY))
                .thenComparing(Comparator.naturalOrder());
    }

    /** Word by word, because the JDK's rules pass over spaces. */
    private static Comparator<String> by(int strength) {
        Collator collator = Collator.getInstance(Locale.ROOT);
        collator.setStrength(strength);
        collator.setDecomposition(Collator.FULL_DECOMPOSITION);
        return Comparator.comparing(
                name -> Arrays.stream(name.split(" "))
                        .map(collator::getCollationKey)
                        .toArray(CollationKey[]::new),
                Arrays::<CollationKey>compare);
    }
}
