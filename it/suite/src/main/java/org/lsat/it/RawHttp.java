package org.lsat.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTP/1.1 over a socket, one request a connection: a real client repairs the request target and the header fields that
 * these tests are about. Text is ISO 8859-1, so that every char is a byte.
 */
public final class RawHttp {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final int port;

    public RawHttp(int port) {
        this.port = port;
    }

    /** An answer. */
    public record Answer(int status, List<String> headerLines, String body) {

        /** The values of all lines of a field, in order. */
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        public Optional<String> header(String name) {
            return all(name).stream().findFirst();
        }

        /** A member of a flat JSON body, as text. */
        public String member(String name) {
            int at = body.indexOf('"' + name + "\":");
            if (at < 0) {
                throw new AssertionError("no member " + name + " in " + body);
            }
            String rest = body.substring(at + name.length() + 3);
            return rest.startsWith("\"")
                    ? rest.substring(1, rest.indexOf('"', 1))
                    : rest.substring(0, (rest + ",").replace('}', ',').indexOf(','));
        }
    }

    Answer get(String target, String... headers) throws IOException {
        return send("GET", target, "", headers);
    }

    Answer send(String method, String target, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(
                method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n");
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return exchange(request.append("\r\n").append(body).toString());
    }

    /** Sends these bytes and no more, and reads until the server closes. */
    Answer exchange(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(read);
            } catch (java.net.SocketException e) {
                // A reset after the answer: the server did not want the rest of a request.
                if (read.size() == 0) {
                    throw e;
                }
            }
            return parse(read.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private static Answer parse(String text) throws IOException {
        int end = text.indexOf("\r\n\r\n");
        if (text.startsWith("HTTP/1.1 100") && end >= 0) {
            return parse(text.substring(end + 4));
        }
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP answer: " + text);
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\r\n")));
        int status = Integer.parseInt(lines.remove(0).substring(9, 12));
        String body = text.substring(end + 4);
        boolean chunked = lines.stream().anyMatch(line -> line.equalsIgnoreCase("transfer-encoding: chunked"));
        return new Answer(status, lines, chunked ? dechunk(body) : body);
    }

    private static String dechunk(String text) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int line = text.indexOf("\r\n", at);
            int size = line < 0 ? 0 : Integer.parseInt(text.substring(at, line).strip(), 16);
            if (size == 0 || line + 2 + size > text.length()) {
                return body.append(size == 0 ? "" : text.substring(line + 2)).toString();
            }
            body.append(text, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return body.toString();
    }
}
