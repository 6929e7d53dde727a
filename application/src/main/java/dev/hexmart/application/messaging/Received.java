package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;
import java.util.UUID;

/** A message as it came from the bus. @param id the sender's, the same at every delivery */
public record Received<M extends Message>(UUID id, M message) {}
