package org.lsat.it.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lsat.PaidAccess;

/** What costs money, and is recognised wherever it turns up. */
final class Paid {

    /** In every priced answer and in no other. */
    static final String CONTENT = "PAID-CONTENT";

    private Paid() {}

    static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object access = request.getAttribute(PaidAccess.ATTRIBUTE);
        String uses = access instanceof PaidAccess paid
                ? paid.rule() + " " + paid.usesLeft().orElse(-1) + " "
                        + paid.tokenId().amountMsat()
                : "none";
        response.setContentType("text/plain");
        response.getWriter().write(CONTENT + " access=" + uses + " user=" + request.getRemoteUser() + "\n");
    }
}
