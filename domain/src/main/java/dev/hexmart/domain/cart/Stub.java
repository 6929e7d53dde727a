package dev.hexmart.domain.cart; class Stub {}
