package org.lsat.invoice;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import org.lsat.LocalPeer;

/**
 * {@code POST /lsat/dev/pay}: pays an invoice of the {@link DevWallet}. Registered with every application that has this
 * JAR, it answers 404 unless the application's backend is the dev wallet. {@link DevPayEndpoint} decides.
 */
public final class DevWalletServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The servlet context's attribute that holds the {@link org.lsat.InvoiceSource}. */
    static final String SOURCE_ATTRIBUTE = "org.lsat.InvoiceSource";

    /** For the container. */
    public DevWalletServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DevPayAnswer answer = answer(request);
        byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
        // Never sendError: the application's error pages are not ours to call.
        response.setStatus(answer.status());
        if (answer.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "POST");
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static DevPayAnswer answer(HttpServletRequest request) throws IOException {
        if (!(request.getServletContext().getAttribute(SOURCE_ATTRIBUTE) instanceof DevWallet wallet)) {
            return DevPayEndpoint.dormant();
        }
        if (!request.getMethod().equals("POST")) {
            return DevPayEndpoint.methodNotAllowed();
        }
        return new DevPayEndpoint(wallet).post(isLocal(request), request.getInputStream());
    }

    /** A container that hides the names of header fields may hide that somebody forwarded the request. */
    private static boolean isLocal(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        return names != null && LocalPeer.isLocal(request.getRemoteAddr(), request.getLocalAddr(), names);
    }
}
