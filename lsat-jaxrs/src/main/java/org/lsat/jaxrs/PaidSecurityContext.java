package org.lsat.jaxrs;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The security of a paid request whose client did not log in. A payment gives no roles.
 *
 * @param login the request's own
 */
record PaidSecurityContext(PaidPrincipal payer, @Nullable SecurityContext login) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
        return payer;
    }

    @Override
    public boolean isUserInRole(String role) {
        return login != null && login.isUserInRole(role);
    }

    @Override
    public boolean isSecure() {
        return login != null && login.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
        return "L402";
    }
}
