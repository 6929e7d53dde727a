package dev.hexmart.adapter.http.exchange;

/** One header field of a response. */
public record Header(String name, String value) {}
