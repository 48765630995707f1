package org.lsat.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.lsat.Header;
import org.lsat.HttpAnswer;

/** Copies an answer to the wire. */
final class AnswerWriter {

    private AnswerWriter() {}

    /** See {@link Gate#load}. */
    static void load() {}

    /**
     * Writes it as it is; nothing where the application's answer is under way already.
     *
     * @param first whether the application has not run yet: then what there is was set by filters before us, and stays. Else
     *     the fields of an answer that is not to be (its encoding, its tag) go with it
     */
    static void write(HttpAnswer answer, HttpServletResponse response, boolean first) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (first) {
            response.resetBuffer();
        } else {
            response.reset();
        }
        response.setStatus(answer.status());
        Set<String> seen = new HashSet<>();
        for (Header header : answer.headers()) {
            if (header.name().equals("Content-Type")) {
                response.setContentType(header.value());
            } else if (seen.add(header.name())) {
                response.setHeader(header.name(), header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
        writeBody(answer.body().getBytes(StandardCharsets.UTF_8), response);
    }

    private static void writeBody(byte[] body, HttpServletResponse response) throws IOException {
        if (body.length == 0) {
            return;
        }
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException e) {
            // The application asked for the writer before it forwarded to us.
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
        }
    }
}
