package dev.hexmart.systemtests;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that needs a program which not every machine has. Where there is none it is skipped, but on a build server, where
 * {@code CI} is {@code true}, it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
public @interface Needs {

    /** A browser and its driver. */
    String CHROMIUM = "CHROMIUM";

    String PROMETHEUS = "PROMETHEUS";

    String PROMTOOL = "PROMTOOL";

    /** A folder with the parsers of other languages. */
    String GRAMMARS = "GRAMMARS";

    /** The environment variable that says where it is, as {@code infra/test-*} set it. */
    String value();

    /** Decides before the test, and before what it starts. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                    .map(needs -> decide(needs.value(), System.getenv()))
                    .orElseGet(() -> enabled("It needs nothing"));
        }

        static ConditionEvaluationResult decide(String variable, Map<String, String> environment) {
            if (!environment.getOrDefault(variable, "").isEmpty()) {
                return enabled(variable + " is set");
            }
            String missing = "NOT RUN: " + variable + " is not set, see ./hexmart test";
            if ("true".equals(environment.get("CI"))) {
                throw new IllegalStateException(missing);
            }
            return disabled(missing);
        }
    }
}
