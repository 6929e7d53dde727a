package dev.hexmart.domain.ordering; class Stub {}
