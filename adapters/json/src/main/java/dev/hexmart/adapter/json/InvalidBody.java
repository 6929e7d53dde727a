package dev.hexmart.adapter.json;

import java.util.List;
import java.util.stream.Collectors;

/** The document is JSON, but not what was asked for; carries everything that is wrong with it, not the first thing alone. */
public final class InvalidBody extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    public InvalidBody(List<Violation> violations) {
        super(violations.stream()
                .map(violation ->
                        (violation.pointer().isEmpty() ? "" : violation.pointer() + ": ") + violation.detail())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    static InvalidBody at(String pointer, String detail) {
        return new InvalidBody(List.of(new Violation(pointer, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }
}
