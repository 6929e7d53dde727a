/** Shared by the five services: settings, wiring and its description, the server, clients, metrics. */
package dev.hexmart.bootstrap.platform.service;
