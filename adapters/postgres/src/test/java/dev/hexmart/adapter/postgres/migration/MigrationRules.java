package dev.hexmart.adapter.postgres.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a migration must not do while the release before it still serves requests (ADR 0064): lock a table for longer than a
 * moment, or take away what that release reads or writes.
 */
final class MigrationRules {

    /** The first line of a migration of the second kind, which comes one release after nothing uses its subject any more. */
    private static final String CONTRACT = "-- contract:";

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CREATED = Pattern.compile("create table (?:if not exists )?(\\w+)");
    private static final Pattern SUBJECT = Pattern.compile(
            "^(?:alter table (?:only )?(?:if exists )?|create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:\\w+ )?on (?:only )?|update |delete from )(\\w+)");

    private static final List<Rule> LOCKS = List.of(
            new Rule(
                    "^create (unique )?index (?!concurrently)",
                    "CREATE INDEX stops writes: CREATE INDEX CONCURRENTLY, alone in its file"),
            new Rule(
                    "add (constraint \\w+ )?(check|foreign key)(?!.*not valid)",
                    "the constraint reads the table under a lock: add it NOT VALID, and VALIDATE CONSTRAINT in the next migration"),
            new Rule(
                    "add (constraint \\w+ )?(primary key|unique)(?! using index)",
                    "the constraint builds an index under a lock: CREATE UNIQUE INDEX CONCURRENTLY, and add the constraint USING INDEX"),
            new Rule(
                    "add column .*\\b(check|references)\\b",
                    "the constraint of a new column reads the table under a lock: add it by itself, NOT VALID"),
            new Rule(
                    "add column .*\\b(stored|serial|bigserial|identity|random|gen_random_uuid|clock_timestamp|nextval)\\b",
                    "a value of its own for each row rewrites the table: add the column without, and fill it in batches"),
            new Rule(
                    "alter (column )?\\w+ (set data )?type\\b",
                    "another type rewrites the table: add a column of that type, write both, and fill it in batches"),
            new Rule(
                    "set not null",
                    "SET NOT NULL reads the table under a lock: a CHECK that is NOT VALID, validated, first"),
            new Rule("^(lock|cluster|vacuum full|truncate)\\b", "this statement locks the whole table"),
            new Rule("^reindex (?!.*concurrently)", "REINDEX stops writes: REINDEX CONCURRENTLY"),
            new Rule(
                    "^(update|delete from) ",
                    "a change of all rows holds their locks until it commits: change them in batches, from the service or a Java migration"));

    private static final List<Rule> TAKEN_AWAY = List.of(
            new Rule("^drop (table|view|sequence|type|function)\\b", "the release before still uses it"),
            new Rule("\\bdrop column\\b", "the release before still reads or writes the column"),
            new Rule("\\brename\\b", "the release before still uses the old name: add the new one, and write both"),
            new Rule(
                    "add column (?!.*default).*not null",
                    "the release before writes rows without the column: give it a DEFAULT"));

    private record Rule(Pattern statement, String remedy) {
        Rule(String statement, String remedy) {
            this(Pattern.compile(statement), remedy);
        }
    }

    private MigrationRules() {}

    /** @return a sentence for each statement that breaks a rule; statements about tables that the migration makes break none */
    static List<String> broken(String migration) {
        String sql = COMMENT.matcher(migration).replaceAll(" ").toLowerCase(Locale.ROOT);
        Set<String> own =
                CREATED.matcher(sql).results().map(match -> match.group(1)).collect(Collectors.toSet());
        List<Rule> rules = new ArrayList<>(LOCKS);
        if (!migration.startsWith(CONTRACT)) {
            rules.addAll(TAKEN_AWAY);
        }
        return Arrays.stream(sql.split(";"))
                .map(statement -> statement.strip().replaceAll("\\s+", " "))
                .filter(statement -> !isAbout(own, statement))
                .flatMap(statement -> rules.stream()
                        .filter(rule -> rule.statement().matcher(statement).find())
                        .map(rule -> rule.remedy() + ", in: " + statement))
                .toList();
    }

    private static boolean isAbout(Set<String> tables, String statement) {
        var subject = SUBJECT.matcher(statement);
        return subject.find() && tables.contains(subject.group(1));
    }
}
