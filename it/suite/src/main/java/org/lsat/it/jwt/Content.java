package org.lsat.it.jwt;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.lsat.PaidAccess;

/** What costs money, and says who gets it for what. */
final class Content {

    private Content() {}

    static String of(HttpServletRequest request, SecurityContext security) {
        Object access = request.getAttribute(PaidAccess.ATTRIBUTE);
        Principal user = security.getUserPrincipal();
        return "PAID-CONTENT access=" + (access instanceof PaidAccess paid ? paid.rule() : "none") + " user="
                + (user instanceof JsonWebToken jwt
                        ? jwt.getName() + " of " + jwt.getIssuer()
                        : user == null ? null : user.getName())
                + '\n';
    }
}
