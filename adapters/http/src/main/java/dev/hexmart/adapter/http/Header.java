package dev.hexmart.adapter.http;

/** One header field of a response. */
public record Header(String name, String value) {}
