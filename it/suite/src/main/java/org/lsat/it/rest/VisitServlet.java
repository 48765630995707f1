package org.lsat.it.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Writes nothing. */
@WebServlet(urlPatterns = "/visit", asyncSupported = true)
public class VisitServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        getServletContext().setAttribute("visited", true);
    }
}
