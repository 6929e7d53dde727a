package dev.hexmart.application.catalog;

import java.text.CollationKey;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names in alphabetical order: letters before accents before case, and spaces and punctuation before letters. */
final class Alphabet {

    private static final Pattern WORDS = Pattern.compile("[\\p{Z}\\p{P}]");

    private Alphabet() {}

    /** A total order of texts, which differ in it wherever they differ. */
    static Comparator<String> order() {
        return by(Collator.PRIMARY)
                .thenComparing(by(Collator.SECONDARY))
                .thenComparing(by(Collator.TERTIARY))
                .thenComparing(Comparator.naturalOrder());
    }

    /** Word by word, because the JDK's rules pass over spaces and punctuation. */
    private static Comparator<String> by(int strength) {
        Collator collator = Collator.getInstance(Locale.ROOT);
        collator.setStrength(strength);
        collator.setDecomposition(Collator.FULL_DECOMPOSITION);
        return Comparator.comparing(
                name -> WORDS.splitAsStream(name).map(collator::getCollationKey).toArray(CollationKey[]::new),
                Arrays::<CollationKey>compare);
    }
}
