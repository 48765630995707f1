package org.lsat;

import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link PriceSource} may look at.
 *
 * @param rule the name of the rule that the request falls under
 * @param method as on the request line
 * @param path decoded, below the context path; of an annotated resource, the path that was matched
 * @param query undecoded, without the {@code ?}; of a dispatch its own, and after it the client's. What a resource takes from
 *     anywhere else, such as the body, has no price
 * @param user the name of the user that the container or the application knows by now
 * @param time when the request arrived
 */
public record PriceRequest(
        String rule, String method, String path, Optional<String> query, Optional<String> user, Instant time) {}
