package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The default servlet, a router that repairs whatever it gets (decodes twice, drops parameters, resolves dots, folds
 * slashes and backslashes): the second opinion about a path from which bypasses are made. It gives the priced content to
 * every path that it takes for the priced one.
 */
@WebServlet("/")
public class LenientServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = repaired(request.getRequestURI());
        boolean priced = path.equals("/api/paid")
                || path.startsWith("/api/paid/")
                || path.equals("/exact/one")
                || path.equals("/report")
                || path.endsWith(".csv");
        if (priced && !path.equals("/api/paid/terms")) {
            Paid.write(request, response);
        } else {
            response.setContentType("text/plain");
            response.getWriter().write("free router\n");
        }
    }

    private static String repaired(String uri) {
        String path = decoded(decoded(uri)).replace('\\', '/').replaceAll(";[^/]*", "");
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
