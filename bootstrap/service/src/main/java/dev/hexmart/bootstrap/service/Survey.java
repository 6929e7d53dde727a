package dev.hexmart.bootstrap.service;

import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.Blueprint;
import dev.hexmart.application.messaging.UnitOfWork;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.runtime.Worker;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Draws a service's {@link Blueprint} from the objects that it is wired of.
 *
 * <p>Nobody writes down what is wired: the fields are followed from object to object, through lambdas and decorators, as far as
 * they are ours. What a class of the application is, is a use case; what is not, and implements one of the application's
 * interfaces, is the adapter of a driven port. Changing state is left alone: of the collections, only immutable ones are
 * looked into.
 */
final class Survey {

    private static final String OURS = "dev.hexmart.";
    private static final String DOMAIN = OURS + "domain.";
    private static final String CORE = OURS + "application.";
    private static final String IMMUTABLE = "java.util.ImmutableCollections";

    private final List<Route> routes;
    private final List<?> others;
    /** What acts by itself: what lies behind one of these is not done by whoever else holds it. */
    private final Set<Object> actors = identitySet();

    private Survey(List<Route> routes, List<?> others) {
        this.routes = routes;
        this.others = others;
        this.actors.addAll(others);
        routes.forEach(route -> this.actors.add(owner(route)));
    }

    /** @param others what has been opened, and whatever else does something by itself */
    static Blueprint of(List<Route> routes, List<?> others) {
        return new Survey(routes, others).blueprint();
    }

    private Blueprint blueprint() {
        Map<String, Blueprint.Driver> drivers = new LinkedHashMap<>();
        for (Route route : routes) {
            String method = route.method().equals(Route.ANY_METHOD) ? "any" : route.method();
            add(drivers, owner(route), List.of(method + " " + route.template()));
        }
        others.stream().filter(actor -> !isFunction(actor)).forEach(actor -> add(drivers, actor, List.of()));
        List<Blueprint.Driver> driving = drivers.values().stream()
                .filter(driver ->
                        !driver.routes().isEmpty() || !driver.useCases().isEmpty())
                .sorted(Comparator.comparing(driver -> driver.useCases().isEmpty()))
                .toList();
        List<Object> everything =
                reachable(Stream.concat(routes.stream(), others.stream()).toList(), _ -> true);
        return new Blueprint(
                driving,
                Stream.concat(
                                driving.stream().flatMap(driver -> driver.useCases().stream()),
                                everything.stream().filter(Survey::isUseCase).map(Survey::name))
                        .distinct()
                        .toList(),
                everything.stream()
                        .flatMap(Survey::ports)
                        .distinct()
                        .sorted(Comparator.comparing(Blueprint.Port::place).thenComparing(Blueprint.Port::name))
                        .toList());
    }

    private void add(Map<String, Blueprint.Driver> drivers, Object actor, List<String> more) {
        Stream<String> useCases = reachable(parts(actor), object -> !isApart(object)).stream()
                .filter(Survey::isUseCase)
                .map(Survey::name);
        Blueprint.Driver driver = new Blueprint.Driver(name(actor), place(actor), more, useCases.toList());
        drivers.merge(
                driver.name(),
                driver,
                (one, other) -> new Blueprint.Driver(
                        one.name(),
                        one.place(),
                        joined(one.routes(), other.routes()),
                        joined(one.useCases(), other.useCases())));
    }

    private boolean isApart(Object object) {
        // A record of the core, such as a handler whose calls are made by something else, is looked through.
        return actors.contains(object) || (isCore(object) && !object.getClass().isRecord());
    }

    /** Whoever is in the end asked by a function: a route's handler may be wrapped many times. */
    private static Object owner(Object function) {
        if (function instanceof Route route) {
            return owner(route.handler());
        }
        if (!isFunction(function)) {
            return function;
        }
        List<Object> captured = parts(function);
        return captured.stream()
                .filter(Survey::isFunction)
                .findFirst()
                .map(Survey::owner)
                .or(() -> captured.stream().findFirst())
                .orElse(function);
    }

    private static boolean isFunction(Object object) {
        return object.getClass().isHidden() || object instanceof Route;
    }

    private static boolean isUseCase(Object object) {
        Class<?> type = object.getClass();
        return isCore(object) && !type.isRecord() && !type.isEnum() && !type.isHidden() && !type.isMemberClass();
    }

    private static boolean isCore(Object object) {
        return object.getClass().getName().startsWith(CORE);
    }

    /**
     * Those that it stands behind. A decorator stands in front of another object that does; and a lambda, such as the one that
     * limits nobody, is no adapter.
     */
    private static Stream<Blueprint.Port> ports(Object object) {
        return isCore(object) || object.getClass().isHidden()
                ? Stream.empty()
                : interfaces(object.getClass())
                        .filter(type -> type.getName().startsWith(CORE)
                                && !type.isMemberClass()
                                && !UnitOfWork.class.isAssignableFrom(type)
                                && parts(object).stream().noneMatch(type::isInstance))
                        .map(type -> new Blueprint.Port(type.getSimpleName(), name(object), place(object)));
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return Stream.concat(
                        Stream.of(type.getInterfaces()),
                        Stream.ofNullable(type.getSuperclass()).filter(Survey::isOurs))
                .flatMap(above -> Stream.concat(Stream.of(above).filter(Class::isInterface), interfaces(above)));
    }

    /** @param through whether to go on to what an object holds */
    private static List<Object> reachable(List<?> from, Predicate<Object> through) {
        Set<Object> seen = identitySet();
        List<Object> found = new ArrayList<>();
        Deque<Object> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            Object object = next.poll();
            if (seen.add(object)) {
                found.add(object);
                if (through.test(object)) {
                    next.addAll(parts(object));
                }
            }
        }
        return found;
    }

    /** What is ours among what an object holds; of a transactor, also what its transactions can reach. */
    private static List<Object> parts(Object whole) {
        List<Object> parts = new ArrayList<>();
        for (Class<?> type = whole.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && !field.getType().isEnum()) {
                    value(field, whole).flatMap(Survey::unpacked).forEach(parts::add);
                }
            }
        }
        if (whole instanceof Transactor<?> transactor) {
            // A transaction in which nothing is done is never begun.
            parts.add(transactor.<Object>inTransaction(store -> store));
        }
        return parts;
    }

    private static Stream<Object> value(Field field, Object whole) {
        field.setAccessible(true);
        try {
            return Stream.ofNullable(field.get(whole));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The wiring cannot be read from " + field, e);
        }
    }

    private static Stream<Object> unpacked(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.stream().flatMap(Survey::unpacked);
            case List<?> list
            when list.getClass().getName().startsWith(IMMUTABLE) ->
                list.stream().flatMap(Survey::unpacked);
            default -> isOurs(value.getClass()) ? Stream.of(value) : Stream.empty();
        };
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS) && !type.getName().startsWith(DOMAIN);
    }

    /** As people know it; a lambda goes by the name of the class that it stands in. */
    private static String name(Object object) {
        return object instanceof Worker worker
                ? worker.name()
                : object.getClass().getName().replaceFirst("\\$\\$Lambda.*", "").replaceFirst(".*[.$](?=\\D)", "");
    }

    /** The last part of its package's name. */
    private static String place(Object object) {
        String[] parts = object.getClass().getPackageName().split("\\.");
        return parts.length > 3 ? parts[3] : parts[parts.length - 1];
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
