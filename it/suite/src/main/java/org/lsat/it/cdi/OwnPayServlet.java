package org.lsat.it.cdi;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Pays an invoice of {@link OwnInvoices}, which is the query. */
@WebServlet("/own/pay")
public class OwnPayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient OwnInvoices invoices;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(invoices.pay(String.valueOf(request.getQueryString())));
    }
}
