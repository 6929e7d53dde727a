package dev.hexmart.tools.chaos.audit;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a look at the books came to.
 *
 * @param checked how much each rule was held against, such as {@code 12 orders}
 * @param underWay what is not at its end, and why that is no breach
 */
public record Verdict(List<Breach> breaches, Map<Rule, String> checked, List<String> underWay) {

    private static final int MOST_SHOWN = 20;

    /** @param subject the id of what is wrong: the same in the next look if it is still wrong */
    record Breach(Rule rule, String subject, String detail) {}

    public Verdict {
        breaches = List.copyOf(breaches);
        underWay = List.copyOf(underWay);
    }

    public boolean isClean() {
        return breaches.isEmpty();
    }

    /** What the breaches are about: ids of orders, products and messages. */
    public List<String> subjects() {
        return breaches.stream().map(Breach::subject).toList();
    }

    /** @param words how much a rule was held against */
    public record Checked(String words, int breaches) {}

    /** By rule, in words. */
    public Map<String, Checked> summary() {
        Map<String, Checked> summary = new LinkedHashMap<>();
        for (Rule rule : Rule.values()) {
            int count = (int) breaches.stream().filter(it -> it.rule() == rule).count();
            summary.put(rule.toString(), new Checked(checked.getOrDefault(rule, ""), count));
        }
        return summary;
    }

    /** The breaches in words. */
    public List<String> words() {
        return breaches.stream()
                .map(breach -> breach.rule() + ": " + breach.detail())
                .toList();
    }

    /** This verdict without what the one before did not find: a state between two writes does not last. */
    Verdict lasting(Verdict before) {
        Set<List<Object>> found = before.breaches.stream()
                .map(breach -> List.<Object>of(breach.rule(), breach.subject()))
                .collect(Collectors.toSet());
        return new Verdict(
                breaches.stream()
                        .filter(breach -> found.contains(List.<Object>of(breach.rule(), breach.subject())))
                        .toList(),
                checked,
                underWay);
    }

    public void print(PrintStream out) {
        for (Rule rule : Rule.values()) {
            List<Breach> broken =
                    breaches.stream().filter(breach -> breach.rule() == rule).toList();
            out.println((broken.isEmpty() ? "OK      " : "BREACH  ") + rule + " (" + checked.getOrDefault(rule, "")
                    + (broken.isEmpty() ? ")" : ", " + broken.size() + " of them wrong)"));
            List<String> lines = new ArrayList<>();
            broken.stream().limit(MOST_SHOWN).forEach(breach -> lines.add(breach.detail()));
            if (broken.size() > MOST_SHOWN) {
                lines.add("and " + (broken.size() - MOST_SHOWN) + " more");
            }
            if (!broken.isEmpty()) {
                lines.add("What to do: " + rule.remedy());
            }
            lines.forEach(line -> out.println("          " + line));
        }
        underWay.forEach(line -> out.println("under way: " + line));
        out.println(isClean() ? "no breach" : breaches.size() + " breaches");
    }
}
