package org.lsat.protocol;

/**
 * One macaroon with one preimage, as a client presents them. Well-formed and within the caps of {@link Credentials};
 * nothing is verified yet.
 */
public record Credential(Macaroon macaroon, Preimage preimage) {}
