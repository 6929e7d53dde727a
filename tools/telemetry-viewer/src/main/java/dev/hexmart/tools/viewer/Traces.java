package dev.hexmart.tools.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.QueryRequest;

/** The latest traces, in Zipkin's storage; the oldest make room for the newest. */
final class Traces {

    private final InMemoryStorage storage;

    Traces(int mostSpans) {
        this.storage = InMemoryStorage.newBuilder().maxSpanCount(mostSpans).build();
    }

    void add(List<Span> spans) {
        answer(storage.accept(spans));
    }

    int spans() {
        return storage.getTraces().stream().mapToInt(List::size).sum();
    }

    List<Span> trace(String id) {
        return answer(storage.getTrace(id));
    }

    List<List<Span>> search(QueryRequest request) {
        return answer(storage.getTraces(request));
    }

    List<String> services() {
        return answer(storage.getServiceNames());
    }

    List<String> spanNames(String service) {
        return answer(storage.getSpanNames(service));
    }

    List<String> remoteServices(String service) {
        return answer(storage.getRemoteServiceNames(service));
    }

    List<DependencyLink> dependencies(long until, long lookback) {
        return answer(storage.getDependencies(until, lookback));
    }

    private static <T> T answer(Call<T> call) {
        try {
            return call.execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
