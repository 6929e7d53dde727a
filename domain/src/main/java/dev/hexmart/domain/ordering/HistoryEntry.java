package dev.hexmart.domain.ordering;

import java.time.Instant;

/** One step of an order's life; the entry's place in the history, from 1, is the order's version after it. */
public record HistoryEntry(OrderStatus status, Instant at, HistoryNote note) {}
