package dev.hexmart.tools.load.client;

import java.time.Duration;
import java.util.function.Supplier;

/** Waiting, and retries after a refusal. */
public final class Patience {

    private static final int MOST_QUESTIONS = 10;

    private Patience() {}

    /** The answer of a shop that has had time; what is in the way of the load's own errands is no measured refusal. */
    public static Answer ask(Supplier<Answer> question) {
        Answer answer = question.get();
        for (int asked = 1; answer.isRefusal() && asked < MOST_QUESTIONS; asked++) {
            pause(answer.pause());
            answer = question.get();
        }
        return answer;
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load was interrupted", e);
        }
    }
}
