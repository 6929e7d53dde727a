package dev.hexmart.adapter.json;

/** One thing that is wrong with a document. @param pointer where, as a JSON Pointer (RFC 6901); empty for the whole */
public record Violation(String pointer, String detail) {}
