package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.identity.Credential;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was read from answers of a service, by path and query, kept with the entity tags of the answers.
 *
 * <p>The service is asked each time, with the caller's token, and says by 304 that its last answer still holds: nothing is
 * older than without, and neither side encodes, sends or parses the same again. Only for what is the same for every caller.
 */
final class Revalidated<T> {

    private static final int MOST = 200;

    private final ServiceClient service;
    private final Function<Answer, T> read;
    private final Map<String, Kept<T>> kept = Collections.synchronizedMap(new LastUsed<>());

    private record Kept<T>(String tag, T content) {}

    /** @param read takes any answer but 304; what it makes of a 200 with an entity tag is kept */
    Revalidated(ServiceClient service, Function<Answer, T> read) {
        this.service = service;
        this.read = read;
    }

    T get(String pathAndQuery, Credential credential) {
        Optional<Kept<T>> last = Optional.ofNullable(kept.get(pathAndQuery));
        Answer answer = service.get(pathAndQuery, last.map(Kept::tag), credential);
        if (last.isPresent() && answer.status() == 304) {
            return last.get().content();
        }
        T content = read.apply(answer);
        if (answer.status() == 200) {
            answer.headers().first("ETag").ifPresent(tag -> kept.put(pathAndQuery, new Kept<>(tag, content)));
        }
        return content;
    }

    private static final class LastUsed<T> extends LinkedHashMap<String, Kept<T>> {

        private static final long serialVersionUID = 1;

        LastUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept<T>> eldest) {
            return size() > MOST;
        }
    }
}
