package dev.hexmart.application.identity;

import dev.hexmart.domain.shared.CustomerId;
import java.util.Optional;

/**
 * A person who has signed in at the provider.
 *
 * @param providerSession the provider's own name for its session with this browser (the claim {@code sid}), by which
 *     it tells us that it has ended; there only if the provider is set up to say it
 */
public record SignedIn(CustomerId person, Optional<String> providerSession, Tokens tokens) {}
