package dev.hexmart.domain.catalog; class Stub {}
