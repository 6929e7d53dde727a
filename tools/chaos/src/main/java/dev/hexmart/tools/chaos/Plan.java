package dev.hexmart.tools.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done to which dependency, and when: the same for the same seed and choice. */
record Plan(List<Step> steps) {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 5;

    /** Something that can be done. @param dependency such as orders or postgres */
    record Choice(String dependency, Fault fault) {

        @Override
        public String toString() {
            return dependency + ": " + fault;
        }
    }

    /** @param at after the start, and @param lasting both in seconds */
    record Step(int at, Choice choice, int lasting) {}

    /** A fault at each multiple of the interval, the last one early enough to be over before the end: each choice once, then each again. */
    static Plan of(long seed, List<Choice> choices, Duration duration, Duration interval) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        List<Choice> deck = new ArrayList<>();
        long end = duration.toSeconds() - LONGEST;
        for (long at = interval.toSeconds(); at < end; at += interval.toSeconds()) {
            if (deck.isEmpty()) {
                deck.addAll(choices);
                Collections.shuffle(deck, random);
            }
            steps.add(new Step((int) at, deck.removeLast(), random.nextInt(SHORTEST, LONGEST + 1)));
        }
        return new Plan(List.copyOf(steps));
    }
}
