package dev.hexmart.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script, which Redis runs as one indivisible step. */
final class Script {

    private final String name;
    private final String text;
    private final String digest;

    private Script(String name, String text) {
        this.name = name;
        this.text = text;
        this.digest = digest(text);
    }

    /** Reads a script that lies beside this class. */
    static Script of(String file) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new Script(file.replace(".lua", ""), new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it once. */
    Object run(Redis redis, List<String> keys, List<String> arguments) {
        return runEach(redis, List.of(new Run(keys, arguments))).getFirst();
    }

    /** What a script is run with. */
    record Run(List<String> keys, List<String> arguments) {}

    /**
     * Runs it several times with one round trip, each time by itself: the keys of two runs may be in different slots, and in a
     * cluster each has a round trip of its own.
     */
    List<Object> runEach(Redis redis, List<Run> runs) {
        if (redis.isCluster()) {
            return runs.stream()
                    .map(run -> redis.call(
                            "EVAL " + name,
                            jedis -> answer(() -> jedis.evalsha(digest, run.keys(), run.arguments()), run, jedis)))
                    .toList();
        }
        return redis.call("EVAL " + name, jedis -> {
            List<Response<Object>> answers =
                    redis.queued(runs.stream().map(this::command).toList());
            List<Object> values = new ArrayList<>(runs.size());
            for (int i = 0; i < runs.size(); i++) {
                values.add(answer(answers.get(i), runs.get(i), jedis));
            }
            return values;
        });
    }

    private Function<AbstractPipeline, Response<Object>> command(Run run) {
        return pipeline -> pipeline.evalsha(digest, run.keys(), run.arguments());
    }

    /** The text is sent only where the server does not know the digest, which it forgets when it restarts. */
    private Object answer(Supplier<Object> answer, Run run, UnifiedJedis jedis) {
        try {
            return answer.get();
        } catch (JedisNoScriptException _) {
            return jedis.eval(text, run.keys(), run.arguments());
        }
    }

    /** As Redis computes it. */
    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1", e);
        }
    }

    /** A cart as the scripts read it: how many lines there are, then product and quantity in turn. */
    static List<String> arguments(Cart cart) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(cart.content().size()));
        for (Map.Entry<ProductId, Quantity> line : cart.content().entrySet()) {
            arguments.add(line.getKey().toString());
            arguments.add(Integer.toString(line.getValue().value()));
        }
        return arguments;
    }
}
