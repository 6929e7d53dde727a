/** What all five services have in common at their edges: who may come in, where they listen, how they are watched. */
package dev.hexmart.bootstrap.service;
