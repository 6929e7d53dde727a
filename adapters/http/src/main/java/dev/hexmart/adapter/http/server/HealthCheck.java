package dev.hexmart.adapter.http.server;

import java.util.function.BooleanSupplier;

/** Whether something that the service cannot do without is there; an exception means that it is not. */
public record HealthCheck(String name, BooleanSupplier healthy) {}
