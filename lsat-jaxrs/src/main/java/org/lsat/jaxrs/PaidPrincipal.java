package org.lsat.jaxrs;

import java.security.Principal;
import org.lsat.PaidAccess;

/**
 * Whoever holds the token that opened a request: the user of a paid request that has no other one. Its name is {@code l402:}
 * and the token's id in 64 hex digits: the same for all requests of one token, and no secret.
 *
 * @param access what was bought
 */
public record PaidPrincipal(PaidAccess access) implements Principal {

    @Override
    public String getName() {
        return "l402:" + access.tokenId().hex();
    }
}
