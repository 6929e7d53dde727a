package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.catalog.NameCategory;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.AccessDenied;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.InMemoryDeadLetters;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.InMemoryParkingLot;
import dev.hexmart.application.messaging.ResendDeadLetters;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.payment.InMemoryPayments;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The use cases that need a role, asked without it: by none of their ways can they be used. */
class RolesTest {

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-03-02T12:00:00Z"));

    static Stream<Arguments> useCasesThatNeedARole() {
        var catalog = new InMemoryCatalog(new InMemoryMessages(UUID::randomUUID), CLOCK).transactor();
        AddProduct add = new AddProduct(catalog, Products.CURRENCIES, Products::newProduct, CLOCK);
        EditProduct edit = new EditProduct(catalog, Products.CURRENCIES);
        AdjustStock adjust = new AdjustStock(catalog, CLOCK);
        NameCategory name = new NameCategory(catalog);
        RefundOrder refund = new RefundOrder(
                new InMemoryPayments(new InMemoryMessages(UUID::randomUUID), CLOCK).transactor(), _ -> {}, CLOCK);
        ResendParked parked = new ResendParked(new InMemoryParkingLot(), _ -> {});
        ResendDeadLetters dead = new ResendDeadLetters(new InMemoryDeadLetters());
        ProductId product = Products.newProduct();
        UUID id = UUID.randomUUID();
        RefundOrder.Command command = new RefundOrder.Command(
                Callers.newCustomerId(),
                new IdempotencyKey("key"),
                new OrderId(id),
                Optional.empty(),
                Optional.empty());
        return Stream.of(
                needs(Role.CATALOG_MANAGE, by -> add.add(by, Products.kettleDetails(), 1)),
                needs(Role.CATALOG_MANAGE, by -> edit.revise(by, product, 1, Products.kettleDetails())),
                needs(Role.CATALOG_MANAGE, by -> edit.remove(by, product, 1)),
                needs(Role.CATALOG_MANAGE, by -> adjust.adjust(by, product, 1, "Delivery")),
                needs(Role.CATALOG_MANAGE, by -> adjust.ledger(by, product, 1)),
                needs(Role.CATALOG_MANAGE, by -> name.name(by, new Category("lamps"), new CategoryName("Lamps"))),
                needs(Role.ORDERS_MANAGE, by -> refund.refund(by, command)),
                needs(Role.ORDERS_MANAGE, by -> parked.list(by, 1)),
                needs(Role.ORDERS_MANAGE, by -> parked.resend(by, id)),
                needs(Role.ORDERS_MANAGE, by -> dead.list(by, 1)),
                needs(Role.ORDERS_MANAGE, by -> dead.resend(by, id)));
    }

    @ParameterizedTest
    @MethodSource("useCasesThatNeedARole")
    void aCallerWithoutTheRoleIsDenied(Role role, Consumer<Caller> useCase) {
        Role other = role == Role.CATALOG_MANAGE ? Role.ORDERS_MANAGE : Role.CATALOG_MANAGE;
        List<Caller> callers = List.of(
                Callers.customer(Callers.newCustomerId()),
                Callers.service(),
                new Caller.Person(Callers.newCustomerId(), "Dave", true, Set.of(other)));
        assertThat(callers)
                .allSatisfy(caller -> assertThatThrownBy(() -> useCase.accept(caller))
                        .isInstanceOfSatisfying(
                                AccessDenied.class, it -> assertThat(it.role()).isEqualTo(role)));
        useCase.accept(new Caller.Person(Callers.newCustomerId(), "Carol", true, Set.of(role)));
    }

    private static Arguments needs(Role role, Consumer<Caller> useCase) {
        return Arguments.of(role, useCase);
    }
}
