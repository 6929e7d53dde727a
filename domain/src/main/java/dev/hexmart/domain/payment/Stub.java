package dev.hexmart.domain.payment; class Stub {}
