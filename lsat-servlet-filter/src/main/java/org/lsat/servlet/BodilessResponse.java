package org.lsat.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The response to a preflight that is left to the application. It has fields and no body: else a resource that answers
 * every method alike would give away what it sells, to whoever calls a request a preflight.
 */
final class BodilessResponse extends HttpServletResponseWrapper {

    private static final String LENGTH = "Content-Length";

    private final ServletOutputStream body = new Nowhere();
    private final PrintWriter text = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));

    BodilessResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return body;
    }

    @Override
    public PrintWriter getWriter() {
        return text;
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setHeader(String name, String value) {
        if (!LENGTH.equalsIgnoreCase(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!LENGTH.equalsIgnoreCase(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!LENGTH.equalsIgnoreCase(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!LENGTH.equalsIgnoreCase(name)) {
            super.addIntHeader(name, value);
        }
    }
}
