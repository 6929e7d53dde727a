package dev.hexmart.domain.messages; class Stub {}
