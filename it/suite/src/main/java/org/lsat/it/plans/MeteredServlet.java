package org.lsat.it.plans;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lsat.Balance;
import org.lsat.PaidAccess;

/** Says what a request cost in the end, as its query has it in millisatoshi, and what it saw of the payment. */
@WebServlet("/metered")
public class MeteredServlet extends HttpServlet {

    static final String CONTENT = "PAID-CONTENT";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        PaidAccess access = (PaidAccess) request.getAttribute(PaidAccess.ATTRIBUTE);
        if (access == null || access.balance().isEmpty()) {
            response.getWriter().write(CONTENT + " without a balance\n");
            return;
        }
        Balance balance = access.balance().get();
        try {
            if (request.getQueryString() != null) {
                balance.cost(Long.parseLong(request.getQueryString()));
            }
            response.getWriter().write(CONTENT + " " + access.product() + ": " + balance + "\n");
        } catch (IllegalArgumentException e) {
            response.getWriter().write(CONTENT + " " + e.getMessage() + "\n");
        }
    }
}
