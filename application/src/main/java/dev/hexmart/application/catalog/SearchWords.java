package dev.hexmart.application.catalog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a text is found by, and what a search asks for: words without case, accents and typography.
 *
 * <p>A search finds a text if each of its terms is the beginning of one of the text's words. What is written with hyphens,
 * apostrophes and the like inside is found in one piece as well as by its parts: {@code T-Shirt} by {@code tshirt}, {@code t-shirt},
 * {@code t shirt} and {@code shirt}. In scripts that put no spaces between words, any letter begins one.
 *
 * <p>This is the only place that decides what is alike; what is stored of it must be computed anew when it changes.
 */
public final class SearchWords {

    /** Words are compared as far as this, in characters. */
    private static final int LENGTH = 32;

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /** Letters whose usual spelling in plain ones is no matter of decomposition. */
    private static final Map<Integer, String> SPELT = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ŧ', "t"));

    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

    private SearchWords() {}

    /**
     * A term of a search.
     *
     * @param joined the beginning of a word
     * @param parts or else each of these must be the beginning of a word; one that equals {@code joined} where the term has no parts
     */
    public record Term(String joined, List<String> parts) {
        public Term {
            parts = List.copyOf(parts);
        }
    }

    /** The words that a product is found by. */
    public static Set<String> of(String name, String description) {
        // The line break keeps a word from reaching across the two.
        return of(name + "\n" + description);
    }

    /** The words that a text is found by, each once: letters and digits only. */
    public static Set<String> of(String text) {
        Set<String> words = new TreeSet<>();
        for (String chunk : chunks(text)) {
            int[] joined = chunk.codePoints().filter(SearchWords::isInWord).toArray();
            for (int start : beginnings(chunk)) {
                words.add(new String(joined, start, Math.min(LENGTH, joined.length - start)));
            }
        }
        return words;
    }

    /** The terms of a search; empty if it is blank. A search without a letter or digit matches nothing. */
    public static List<Term> terms(String search) {
        List<String> chunks = chunks(search);
        List<Term> terms = new ArrayList<>();
        for (String chunk : chunks) {
            List<String> parts = parts(chunk).map(SearchWords::cut).toList();
            if (!parts.isEmpty()) {
                terms.add(new Term(cut(String.join("", parts(chunk).toList())), parts));
            }
        }
        return terms.isEmpty() && !chunks.isEmpty() ? List.of(new Term("?", List.of("?"))) : List.copyOf(terms);
    }

    /** Where words begin, counted in the characters of the chunk that are in words. */
    private static List<Integer> beginnings(String chunk) {
        List<Integer> beginnings = new ArrayList<>();
        int position = 0;
        boolean inWord = false;
        for (int character : chunk.codePoints().toArray()) {
            boolean part = isInWord(character);
            if (part) {
                if (!inWord || (Character.isLetter(character) && isWithoutSpaces(character))) {
                    beginnings.add(position);
                }
                position++;
            }
            inWord = part;
        }
        return beginnings;
    }

    private static Stream<String> parts(String chunk) {
        StringBuilder spaced = new StringBuilder();
        chunk.codePoints().forEach(it -> spaced.appendCodePoint(isInWord(it) ? it : ' '));
        return Arrays.stream(spaced.toString().split(" ")).filter(part -> !part.isEmpty());
    }

    private static List<String> chunks(String text) {
        return Arrays.stream(SPACES.split(fold(text)))
                .filter(chunk -> !chunk.isEmpty())
                .toList();
    }

    private static String cut(String word) {
        int length = Math.min(LENGTH, word.codePointCount(0, word.length()));
        return word.substring(0, word.offsetByCodePoints(0, length));
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(character -> {
            if (Character.isDigit(character)) {
                folded.append(Character.digit(character, 10));
            } else if (isModifier(character)) {
                folded.append('\'');
            } else if (!isMark(character)) {
                // By way of the capital, so that all small letters of one capital are alike; never by the context.
                int small = Character.toLowerCase(Character.toUpperCase(character));
                folded.append(SPELT.getOrDefault(small, Character.toString(small)));
            }
        });
        return folded.toString();
    }

    /** Accents and points above and below letters, and what is not seen, such as a soft hyphen; not the vowels that some scripts write as marks. */
    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT -> true;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                !isVoicing(character)
                        && switch (Character.UnicodeScript.of(character)) {
                            case INHERITED, HEBREW -> true;
                            default -> false;
                        };
            default -> false;
        };
    }

    /** The marks that make another letter of a kana. */
    private static boolean isVoicing(int character) {
        return character == 0x3099 || character == 0x309A;
    }

    /** Letters by category that look like apostrophes and are typed as such. */
    private static boolean isModifier(int character) {
        return character >= 0x02B9 && character <= 0x02BF;
    }

    private static boolean isInWord(int character) {
        return Character.isLetterOrDigit(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    private static boolean isWithoutSpaces(int character) {
        return WITHOUT_SPACES.contains(Character.UnicodeScript.of(character));
    }
}
