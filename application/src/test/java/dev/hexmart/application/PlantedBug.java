package dev.hexmart.application;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.idempotency.OperationKey;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentRepository;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Bugs of the kind that a shop of several services may have, each in place of one port or use case that is right. */
enum PlantedBug {
    NONE(Bug::new),
    ACKNOWLEDGE_BEFORE_COMMIT(AcknowledgeBeforeCommit::new),
    NO_INBOX(NoInbox::new),
    UNKNOWN_CAPTURE_RETRIED_UNDER_NEW_KEY(CaptureUnderNewKey::new),
    STOCK_RELEASED_TWICE(StockReleasedTwice::new),
    REFUND_NOT_ASKED_AGAIN(RefundNotAskedAgain::new),
    MESSAGE_SENT_BEFORE_COMMIT(SentBeforeCommit::new),
    LOST_MESSAGE_NOT_RESENT(LostMessageNotResent::new),
    STALE_VERSION_IGNORED(StaleVersionIgnored::new),
    CAPTURE_AFTER_VOID(CaptureAfterVoid::new),
    IDEMPOTENCY_KEY_NOT_CLAIMED(KeyNotClaimed::new),
    BATCH_HANDLED_PARTLY(BatchHandledPartly::new),
    SILENCE_TAKEN_FOR_DECLINE(SilenceTakenForDecline::new),
    PARTIAL_REFUNDS_UNDER_ONE_NUMBER(PartsUnderOneNumber::new);

    private final Supplier<Bug> planted;

    PlantedBug(Supplier<Bug> planted) {
        this.planted = planted;
    }

    /** The bug, for one simulated day. */
    Bug plant() {
        return planted.get();
    }

    /** What a bug may stand in the place of; nothing by itself. */
    static class Bug {

        /** @param transactor without faults */
        Transactor<CatalogStore> catalog(Transactor<CatalogStore> transactor) {
            return transactor;
        }

        /** @param transactor without faults */
        Transactor<OrderingStore> ordering(Transactor<OrderingStore> transactor) {
            return transactor;
        }

        /** @param transactor without faults */
        Transactor<PaymentStore> payments(Transactor<PaymentStore> transactor) {
            return transactor;
        }

        <M extends Message> MessageHandler<M> handler(MessageHandler<M> handler) {
            return handler;
        }

        /** @param transactor as use cases have it, with faults */
        MessageHandler<CheckoutEvent> advanceOrder(
                MessageHandler<CheckoutEvent> handler, Transactor<OrderingStore> transactor) {
            return handler;
        }

        PaymentProvider provider(PaymentProvider provider) {
            return provider;
        }

        MessagePublisher broker(MessagePublisher publisher) {
            return publisher;
        }
    }

    private static final class AcknowledgeBeforeCommit extends Bug {

        @Override
        <M extends Message> MessageHandler<M> handler(MessageHandler<M> handler) {
            return received -> {
                try {
                    handler.handle(received);
                } catch (TemporaryFailure _) {
                    // Acknowledged already, so it does not come again.
                }
            };
        }
    }

    private static final class NoInbox extends Bug {

        private static final Inbox FORGETFUL = Set::copyOf;

        @Override
        Transactor<CatalogStore> catalog(Transactor<CatalogStore> transactor) {
            return Stores.around(transactor, store -> Stores.Catalog.of(store).withInbox(FORGETFUL));
        }

        @Override
        Transactor<OrderingStore> ordering(Transactor<OrderingStore> transactor) {
            return Stores.around(transactor, store -> Stores.Ordering.of(store).withInbox(FORGETFUL));
        }

        @Override
        Transactor<PaymentStore> payments(Transactor<PaymentStore> transactor) {
            return Stores.around(transactor, store -> Stores.Payments.of(store).withInbox(FORGETFUL));
        }
    }

    private static final class CaptureUnderNewKey extends Bug {

        private final Set<Charge> asked = new HashSet<>();

        @Override
        PaymentProvider provider(PaymentProvider provider) {
            return new Stores.DecoratedProvider(provider) {
                @Override
                public ProviderAnswer.ToCapture capture(Charge charge) {
                    if (asked.add(charge)) {
                        return super.capture(charge);
                    }
                    OrderId other = new OrderId(new UUID(0, asked.size()));
                    return super.capture(
                            new Charge(other, charge.attempt(), charge.customer(), charge.amount(), charge.method()));
                }
            };
        }
    }

    private static final class StockReleasedTwice extends Bug {

        @Override
        Transactor<CatalogStore> catalog(Transactor<CatalogStore> transactor) {
            return Stores.around(
                    transactor,
                    store -> Stores.Catalog.of(store).with(new Stores.DecoratedStock(store.stock()) {
                        @Override
                        public void apply(List<StockMovement> movements) {
                            super.apply(movements);
                            try {
                                super.apply(movements.stream()
                                        .filter(it -> it.kind() == StockMovement.Kind.RELEASED)
                                        .toList());
                            } catch (IllegalStateException _) {
                                // Nothing more is held, so it is not noticed.
                            }
                        }
                    }));
        }
    }

    private static final class RefundNotAskedAgain extends Bug {

        @Override
        Transactor<PaymentStore> payments(Transactor<PaymentStore> transactor) {
            return Stores.around(
                    transactor,
                    store -> Stores.Payments.of(store).with(new Stores.DecoratedPayments(store.payments()) {
                        @Override
                        public List<OrderId> due(Instant now, int limit) {
                            return super.due(now, limit).stream()
                                    .filter(order -> !(find(order).orElseThrow() instanceof Payment.Refunding it
                                            && it.attempts() > 0))
                                    .toList();
                        }
                    }));
        }
    }

    private static final class SentBeforeCommit extends Bug {

        @Override
        Transactor<OrderingStore> ordering(Transactor<OrderingStore> transactor) {
            return Stores.around(
                    transactor,
                    store -> Stores.Ordering.of(store)
                            .withOutbox(message -> transactor.inTransaction(other -> {
                                other.outbox().append(message);
                                return message;
                            })));
        }
    }

    private static final class LostMessageNotResent extends Bug {

        @Override
        MessagePublisher broker(MessagePublisher publisher) {
            return messages -> {
                publisher.publish(messages);
                return messages.stream().map(OutboxMessage::id).collect(Collectors.toSet());
            };
        }
    }

    /** Reads the order in one transaction and saves it in another, over any change made meanwhile. */
    private static final class StaleVersionIgnored extends Bug {

        /** While which much can happen. */
        private static final int MORE_READS = 5;

        @Override
        MessageHandler<CheckoutEvent> advanceOrder(
                MessageHandler<CheckoutEvent> handler, Transactor<OrderingStore> transactor) {
            return received -> {
                CheckoutEvent message = received.message();
                Order order = transactor
                        .reading(store -> store.orders().find(message.order()))
                        .orElseThrow();
                for (int i = 0; i < MORE_READS; i++) {
                    transactor.reading(
                            store -> store.orders().countUnpaid(order.purchase().customer()));
                }
                transactor.inTransaction(store -> {
                    if (!store.inbox().record(Set.of(received.id())).isEmpty()
                            && CheckoutProcess.on(
                                            order, message, order.purchase().placedAt())
                                    instanceof Transition.Moved taken) {
                        save(store, taken.order());
                        store.outbox().append(taken.messages());
                    }
                    return order;
                });
            };
        }

        private static void save(OrderingStore store, Order order) {
            List<HistoryEntry> history = new ArrayList<>(
                    store.orders().find(order.id()).orElseThrow().history());
            history.add(order.history().getLast());
            store.orders()
                    .save(
                            switch (order) {
                                case Order.Placed it -> new Order.Placed(it.purchase(), history);
                                case Order.Reserved it -> new Order.Reserved(it.purchase(), it.declined(), history);
                                case Order.Paid it -> new Order.Paid(it.purchase(), it.refunded(), history);
                                case Order.Cancelled it -> new Order.Cancelled(it.purchase(), it.reason(), history);
                                case Order.Refunded it -> new Order.Refunded(it.purchase(), history);
                            });
        }
    }

    private static final class CaptureAfterVoid extends Bug {

        @Override
        Transactor<PaymentStore> payments(Transactor<PaymentStore> transactor) {
            return Stores.around(
                    transactor, store -> Stores.Payments.of(store).with(new VoidedAreHidden(store.payments())));
        }

        private static final class VoidedAreHidden extends Stores.DecoratedPayments {

            VoidedAreHidden(PaymentRepository payments) {
                super(payments);
            }

            @Override
            public Map<OrderId, Payment> find(Collection<OrderId> orders) {
                return super.find(orders).values().stream()
                        .filter(payment -> !(payment instanceof Payment.Voided))
                        .collect(Collectors.toMap(Payment::order, payment -> payment));
            }

            @Override
            public void save(Payment payment) {
                int before = find(payment.order()).map(Payment::version).orElse(0);
                switch (payment) {
                    case Payment.Requested it
                    when it.version() == 1 ->
                        super.save(new Payment.Requested(it.charge(), it.requestedAt(), before + 1));
                    case Payment.Voided it
                    when it.version() == 1 -> super.save(new Payment.Voided(it.order(), it.charge(), before + 1));
                    default -> super.save(payment);
                }
            }
        }
    }

    /** Each claim is granted, since each is made under a key of its own. */
    private static final class KeyNotClaimed extends Bug {

        private int claims;

        @Override
        Transactor<OrderingStore> ordering(Transactor<OrderingStore> transactor) {
            return Stores.around(
                    transactor, store -> Stores.Ordering.of(store).with(new OwnKeys(store.idempotencyKeys())));
        }

        private final class OwnKeys implements IdempotencyKeys {

            private final IdempotencyKeys keys;

            OwnKeys(IdempotencyKeys keys) {
                this.keys = keys;
            }

            @Override
            public Claim claim(OperationKey key, Fingerprint request, Instant now) {
                claims++;
                return keys.claim(own(key), request, now);
            }

            @Override
            public Claim claim(OperationKey key, Fingerprint request, Instant now, String answer) {
                claims++;
                return keys.claim(own(key), request, now, answer);
            }

            @Override
            public Look look(OperationKey key, Fingerprint request) {
                return new Look.Unanswered();
            }

            @Override
            public void answer(OperationKey key, String answer) {
                keys.answer(own(key), answer);
            }

            @Override
            public void release(OperationKey key) {
                keys.release(own(key));
            }

            @Override
            public int forgetBefore(Instant time, int limit) {
                return keys.forgetBefore(time, limit);
            }

            private OperationKey own(OperationKey key) {
                return new OperationKey(
                        key.caller(),
                        key.operation(),
                        new IdempotencyKey(key.key().value() + claims));
            }
        }
    }

    private static final class BatchHandledPartly extends Bug {

        @Override
        <M extends Message> MessageHandler<M> handler(MessageHandler<M> handler) {
            return new MessageHandler<>() {
                @Override
                public void handle(Received<M> received) {
                    handler.handle(received);
                }

                @Override
                public void handleTogether(Batch<M> batch) {
                    handler.handle(batch.received().getFirst());
                }
            };
        }
    }

    private static final class SilenceTakenForDecline extends Bug {

        @Override
        PaymentProvider provider(PaymentProvider provider) {
            return new Stores.DecoratedProvider(provider) {
                @Override
                public ProviderAnswer.ToCapture capture(Charge charge) {
                    ProviderAnswer.ToCapture answer = super.capture(charge);
                    return answer instanceof ProviderAnswer.ToCapture.NoAnswer
                            ? new ProviderAnswer.ToCapture.Declined("Timeout")
                            : answer;
                }
            };
        }
    }

    private static final class PartsUnderOneNumber extends Bug {

        @Override
        PaymentProvider provider(PaymentProvider provider) {
            return new Stores.DecoratedProvider(provider) {
                @Override
                public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
                    return super.refundPart(order, 1, part);
                }
            };
        }
    }
}
