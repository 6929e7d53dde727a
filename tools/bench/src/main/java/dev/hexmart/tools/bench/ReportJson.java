package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** A {@link Report} as JSON. Times are in milliseconds where the name ends in Ms, CPU in seconds. */
final class ReportJson {

    private static final int FORMAT = 1;
    private static final MathContext DIGITS = new MathContext(6);

    private ReportJson() {}

    static String write(Report report) {
        Report.Machine machine = report.machine();
        Report.Settings settings = report.settings();
        JsonObject json = Json.createObjectBuilder()
                .add("format", FORMAT)
                .add("when", report.when())
                .add(
                        "machine",
                        Json.createObjectBuilder()
                                .add("system", machine.system())
                                .add("processor", machine.processor())
                                .add("cores", machine.cores())
                                .add("memoryMiB", machine.memoryMiB())
                                .add("java", machine.java())
                                .add("generator", machine.generator()))
                .add(
                        "settings",
                        Json.createObjectBuilder()
                                .add("rounds", settings.rounds())
                                .add("seconds", settings.seconds())
                                .add("warmUp", settings.warmUp())
                                .add("connections", settings.connections())
                                .add("jvm", Json.createArrayBuilder(settings.jvm()))
                                .add("cache", settings.cache())
                                .add("parts", settings.parts())
                                .add("command", settings.command()))
                .add("targets", array(report.targets(), ReportJson::implementation))
                .add("limits", array(report.limits(), ReportJson::measurement))
                .add("notes", Json.createArrayBuilder(report.notes()))
                .build();
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(json);
        }
        return text.toString().strip() + "\n";
    }

    private static JsonObjectBuilder implementation(Report.Implementation target) {
        return Json.createObjectBuilder()
                .add("name", target.name())
                .add(
                        "services",
                        array(
                                target.services(),
                                service -> Json.createObjectBuilder()
                                        .add("name", service.name())
                                        .add("startSeconds", numbers(service.starts()))
                                        .add("residentMiB", number(service.residentMiB()))
                                        .add("peakMiB", number(service.peakMiB()))))
                .add("routes", array(target.routes(), ReportJson::measurement))
                .add(
                        "orders",
                        array(
                                target.orders(),
                                orders -> Json.createObjectBuilder()
                                        .add("key", orders.key())
                                        .add("title", orders.title())
                                        .add("rounds", array(orders.rounds(), ReportJson::orderRound))));
    }

    private static JsonObjectBuilder measurement(Report.Measurement measurement) {
        return Json.createObjectBuilder()
                .add("key", measurement.key())
                .add("title", measurement.title())
                .add("tool", measurement.tool())
                .add(
                        "rounds",
                        array(
                                measurement.rounds(),
                                round -> burst(round.burst()).add("cpu", cpu(round.cpu()))));
    }

    private static JsonObjectBuilder orderRound(Report.OrderRound round) {
        return Json.createObjectBuilder()
                .add("post", burst(round.outcome().post()))
                .add("paid", round.outcome().paid())
                .add("untilPaidSeconds", number(round.outcome().seconds()))
                .add("toPaidMs", latency(round.outcome().toPaid()))
                .add("cpu", cpu(round.cpu()));
    }

    private static JsonObjectBuilder burst(Burst burst) {
        return Json.createObjectBuilder()
                .add("requests", burst.requests())
                .add("seconds", number(burst.seconds()))
                .add("errors", burst.errors())
                .add("latencyMs", latency(burst.latency()));
    }

    private static JsonObjectBuilder latency(Latency latency) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("p50", number(latency.p50()))
                .add("p95", number(latency.p95()))
                .add("p99", number(latency.p99()));
        latency.p999().ifPresent(value -> json.add("p999", number(value)));
        return json;
    }

    private static JsonObjectBuilder cpu(Map<String, Double> cpu) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(cpu).forEach((name, seconds) -> json.add(name, number(seconds)));
        return json;
    }

    private static JsonArrayBuilder numbers(List<Double> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(value -> array.add(number(value)));
        return array;
    }

    private static BigDecimal number(double value) {
        BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static <T> JsonArrayBuilder array(List<T> items, Function<T, JsonObjectBuilder> write) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    /** @throws IllegalArgumentException where the text is no report of this format */
    static Report read(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            if (json.getInt("format", 0) != FORMAT) {
                throw new IllegalArgumentException("not a report of format " + FORMAT);
            }
            JsonObject machine = json.getJsonObject("machine");
            JsonObject settings = json.getJsonObject("settings");
            return new Report(
                    json.getString("when"),
                    new Report.Machine(
                            machine.getString("system"),
                            machine.getString("processor"),
                            machine.getInt("cores"),
                            machine.getInt("memoryMiB"),
                            machine.getString("java"),
                            machine.getString("generator")),
                    new Report.Settings(
                            settings.getInt("rounds"),
                            settings.getInt("seconds"),
                            settings.getInt("warmUp"),
                            settings.getInt("connections"),
                            texts(settings.getJsonArray("jvm")),
                            settings.getBoolean("cache"),
                            settings.getString("parts"),
                            settings.getString("command")),
                    list(json.getJsonArray("targets"), ReportJson::readImplementation),
                    list(json.getJsonArray("limits"), ReportJson::readMeasurement),
                    texts(json.getJsonArray("notes")));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("not a report of a benchmark: " + e.getMessage(), e);
        }
    }

    private static Report.Implementation readImplementation(JsonObject json) {
        return new Report.Implementation(
                json.getString("name"),
                list(
                        json.getJsonArray("services"),
                        service -> new Report.Service(
                                service.getString("name"),
                                service.getJsonArray("startSeconds").getValuesAs(JsonNumber::doubleValue),
                                number(service, "residentMiB"),
                                number(service, "peakMiB"))),
                list(json.getJsonArray("routes"), ReportJson::readMeasurement),
                list(
                        json.getJsonArray("orders"),
                        orders -> new Report.OrderMeasurement(
                                orders.getString("key"),
                                orders.getString("title"),
                                list(orders.getJsonArray("rounds"), ReportJson::readOrderRound))));
    }

    private static Report.Measurement readMeasurement(JsonObject json) {
        return new Report.Measurement(
                json.getString("key"),
                json.getString("title"),
                json.getString("tool"),
                list(
                        json.getJsonArray("rounds"),
                        round -> new Report.Round(readBurst(round), readCpu(round.getJsonObject("cpu")))));
    }

    private static Report.OrderRound readOrderRound(JsonObject json) {
        return new Report.OrderRound(
                new OrderLoad.Outcome(
                        readBurst(json.getJsonObject("post")),
                        json.getInt("paid"),
                        number(json, "untilPaidSeconds"),
                        readLatency(json.getJsonObject("toPaidMs"))),
                readCpu(json.getJsonObject("cpu")));
    }

    private static Burst readBurst(JsonObject json) {
        return new Burst(
                json.getJsonNumber("requests").longValue(),
                number(json, "seconds"),
                json.getJsonNumber("errors").longValue(),
                readLatency(json.getJsonObject("latencyMs")));
    }

    private static Latency readLatency(JsonObject json) {
        return new Latency(
                number(json, "p50"),
                number(json, "p95"),
                number(json, "p99"),
                json.containsKey("p999") ? OptionalDouble.of(number(json, "p999")) : OptionalDouble.empty());
    }

    private static Map<String, Double> readCpu(JsonObject json) {
        Map<String, Double> cpu = new TreeMap<>();
        json.keySet().forEach(name -> cpu.put(name, number(json, name)));
        return cpu;
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }

    private static List<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString::getString);
    }

    private static <T> List<T> list(JsonArray array, Function<JsonObject, T> read) {
        return array.getValuesAs(JsonObject.class).stream().map(read).toList();
    }
}
