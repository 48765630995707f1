package org.lsat.example;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where a client reached this application. */
final class Address {

    /** No letter that means something to HTML or to a shell: the page shows it within commands to be pasted. */
    private static final Pattern HARMLESS = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?");

    private Address() {}

    /** As the request's Host field has it; where that field is odd, the address that the request arrived at. */
    static String of(HttpServletRequest request) {
        String asked = address(request, request.getServerName(), request.getServerPort());
        return HARMLESS.matcher(asked).matches()
                ? asked
                : address(request, request.getLocalAddr(), request.getLocalPort());
    }

    private static String address(HttpServletRequest request, String host, int port) {
        boolean usual = port == (request.isSecure() ? 443 : 80);
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return request.getScheme() + "://" + (bareIpv6 ? "[" + host + "]" : host) + (usual ? "" : ":" + port)
                + request.getContextPath();
    }
}
