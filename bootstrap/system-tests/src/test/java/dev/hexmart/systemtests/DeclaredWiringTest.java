package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.ordering.AdvanceOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.bootstrap.platform.service.Wiring;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes and workers name the use case that they call: the declarations, compared with the class files. */
class DeclaredWiringTest {

    private static final String ROUTE = "dev/hexmart/adapter/http/server/Route";
    private static final String WIRING = "dev/hexmart/bootstrap/platform/service/Wiring";
    private static final String WORKER = "dev/hexmart/bootstrap/platform/process/Worker";
    private static final Set<String> USE_CASES = ClassFiles.useCases();

    /** A call that declares something. @param named the use cases in it @param called those that the functions in it call */
    private record Declaration(String of, Set<String> named, Set<String> called) {

        /** It names one of several, such as the use case that changes what another one has looked up. */
        boolean isRight() {
            return named.isEmpty() == called.isEmpty() && called.containsAll(named);
        }
    }

    private record Method(String owner, String name, String type) {}

    static Set<String> endpoints() {
        return ClassFiles.withSource("adapters", source -> source.contains(" implements Endpoints"));
    }

    static Set<String> wirings() {
        return ClassFiles.withSource("bootstrap", source -> source.contains("iring.worker("));
    }

    @Test
    void sourcesHaveUseCasesEndpointsAndWorkers() {
        assertThat(USE_CASES).hasSizeGreaterThan(20);
        assertThat(endpoints()).hasSizeGreaterThan(12);
        assertThat(wirings()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aRouteNamesTheUseCaseThatItsHandlerCalls(String endpoints) {
        assertThat(routes(endpoints)).isNotEmpty().allMatch(Declaration::isRight);
    }

    @ParameterizedTest
    @MethodSource("wirings")
    void aWorkerWithoutAUseCaseCallsNone(String wiring) {
        assertThat(workersWithoutUseCase(wiring)).allMatch(Declaration::isRight);
    }

    @Test
    void everyWorkerIsDeclared() {
        Set<String> starting = ClassFiles.withSource("bootstrap", source -> source.contains("Worker.start("));
        assertThat(starting).containsExactly(WIRING);
    }

    @Test
    void aRouteThatForgetsItsUseCaseOrNamesAnotherIsFound() {
        assertThat(routes(internalName(Forgetful.class))).hasSize(2).noneMatch(Declaration::isRight);
    }

    @Test
    void aWorkerThatForgetsItsUseCaseIsFound() {
        assertThat(workersWithoutUseCase(internalName(Forgetful.class)))
                .hasSize(2)
                .noneMatch(Declaration::isRight);
    }

    /** Planted. */
    private record Forgetful(AdvanceOrder advance, SettlePayment settle) implements Endpoints {

        @Override
        public List<Route> routes() {
            return List.of(
                    Route.get("/due", Access.OPEN, this::due),
                    Route.post("/due", Access.OPEN, AdvanceOrder.class, request -> due(request)));
        }

        private Response due(Request request) {
            return Response.empty(settle.due(request.path().length()).size());
        }

        @SuppressWarnings("unused") // read from its class file
        void wire(Wiring wiring) {
            wiring.worker("reference", Duration.ofDays(1), advance::expireOverdue);
            wiring.worker("lambda", Duration.ofDays(1), () -> settle.due(1));
        }
    }

    private static List<Declaration> routes(String endpoints) {
        return declarations(
                endpoints,
                call -> call.owner().asInternalName().equals(ROUTE)
                        && call.type().stringValue().endsWith(")L" + ROUTE + ";")
                        && call.type().stringValue().startsWith("(Ljava/lang/String;"));
    }

    private static List<Declaration> workersWithoutUseCase(String wiring) {
        return declarations(
                wiring,
                call -> call.owner().asInternalName().equals(WIRING)
                        && call.name().equalsString("worker")
                        && call.type()
                                .equalsString("(Ljava/lang/String;Ljava/time/Duration;Ljava/lang/Runnable;)L" + WORKER
                                        + ";"));
    }

    /** Each declaring call, with the class constants and functions that stand before it in the code. */
    private static List<Declaration> declarations(String name, Predicate<InvokeInstruction> declares) {
        ClassModel type = ClassFiles.read(name);
        List<Declaration> found = new ArrayList<>();
        for (MethodModel method : type.methods()) {
            Set<String> named = new TreeSet<>();
            Set<String> called = new TreeSet<>();
            String text = "";
            for (CodeElement element : code(method).toList()) {
                switch (element) {
                    case ConstantInstruction constant
                    when constant.constantValue() instanceof String value && value.startsWith("/") -> text = value;
                    case ConstantInstruction.LoadConstantInstruction constant
                    when constant.constantEntry() instanceof ClassEntry entry
                            && USE_CASES.contains(entry.asInternalName()) -> named.add(entry.asInternalName());
                    case InvokeDynamicInstruction function ->
                        functions(function).forEach(each -> called.addAll(useCasesCalledBy(type, each)));
                    case InvokeInstruction call
                    when declares.test(call) -> {
                        found.add(new Declaration(
                                name + "." + method.methodName().stringValue() + " " + text,
                                Set.copyOf(named),
                                Set.copyOf(called)));
                        named.clear();
                        called.clear();
                    }
                    default -> {}
                }
            }
        }
        return found;
    }

    /** Directly, or by methods of the class that the function is written in. */
    private static Set<String> useCasesCalledBy(ClassModel type, Method function) {
        Set<String> useCases = new TreeSet<>();
        Set<Method> seen = new HashSet<>();
        Deque<Method> next = new ArrayDeque<>(List.of(function));
        while (!next.isEmpty()) {
            Method method = next.poll();
            if (USE_CASES.contains(method.owner())) {
                useCases.add(method.owner());
            } else if (method.owner().equals(type.thisClass().asInternalName()) && seen.add(method)) {
                type.methods().stream()
                        .filter(each -> each.methodName().equalsString(method.name())
                                && each.methodType().equalsString(method.type()))
                        .flatMap(DeclaredWiringTest::code)
                        .flatMap(DeclaredWiringTest::calls)
                        .forEach(next::add);
            }
        }
        return useCases;
    }

    private static Stream<Method> calls(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call ->
                Stream.of(new Method(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue()));
            case InvokeDynamicInstruction function -> functions(function);
            default -> Stream.of();
        };
    }

    private static Stream<Method> functions(InvokeDynamicInstruction instruction) {
        return instruction.invokedynamic().bootstrap().arguments().stream()
                .flatMap(argument -> argument instanceof MethodHandleEntry handle ? Stream.of(handle) : Stream.of())
                .map(handle -> new Method(
                        handle.reference().owner().asInternalName(),
                        handle.reference().name().stringValue(),
                        handle.reference().type().stringValue()));
    }

    private static Stream<CodeElement> code(MethodModel method) {
        return method.code().stream().flatMap(code -> code.elementStream());
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
