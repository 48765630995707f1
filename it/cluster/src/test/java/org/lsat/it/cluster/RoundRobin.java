package org.lsat.it.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.lsat.it.Shop;

/**
 * A proxy that gives each request to the next node, byte for byte but for {@code X-Forwarded-For}, which it writes itself, and
 * {@code Connection}. A request is sent once: where a node dies over it, the answer is 502. A node that cannot be reached is left
 * out until its application serves again.
 */
final class RoundRobin implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int WAITING = 1_000;
    private static final long LOOK_NANOS = 500_000_000;
    private static final String UNREACHABLE =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final List<Backend> backends;
    private final AtomicInteger turn = new AtomicInteger();
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "round-robin");
        thread.setDaemon(true);
        return thread;
    });

    /** A node, as the proxy sees it. */
    private static final class Backend {

        final int port;
        final Shop shop;
        final String free;
        final AtomicInteger answers = new AtomicInteger();
        final AtomicLong nextLook = new AtomicLong();
        volatile boolean down;

        Backend(int port, String context, String free) {
            this.port = port;
            this.shop = Shop.at(port, context);
            this.free = free;
        }

        boolean isUp() {
            if (!down) {
                return true;
            }
            long look = nextLook.get();
            long now = System.nanoTime();
            if (now - look < 0 || !nextLook.compareAndSet(look, now + LOOK_NANOS)) {
                return false;
            }
            try {
                down = shop.get(free).status() != 200;
            } catch (IOException e) {
                down = true;
            }
            return !down;
        }

        void leaveOut() {
            nextLook.set(System.nanoTime() + LOOK_NANOS);
            down = true;
        }
    }

    /** {@code free}: a path of the application that costs nothing, by which it is told whether it serves. */
    RoundRobin(int port, List<Integer> ports, String context, String free) throws IOException {
        backends = ports.stream().map(each -> new Backend(each, context, free)).toList();
        listener = new ServerSocket(port, WAITING, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** How many answers came from each node. */
    List<Integer> answers() {
        return backends.stream().map(backend -> backend.answers.get()).toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            byte[] request = forwarded(client);
            if (!isAnswered(client, request)) {
                client.getOutputStream().write(UNREACHABLE.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The client went, or the node in the middle of its answer: the client sees the end.
        }
    }

    private boolean isAnswered(Socket client, byte[] request) throws IOException {
        for (int i = 0; i < backends.size(); i++) {
            Backend backend = backends.get(Math.floorMod(turn.getAndIncrement(), backends.size()));
            if (!backend.isUp()) {
                continue;
            }
            try (Socket node = new Socket()) {
                node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port), TIMEOUT_MILLIS);
                return isPassedOn(client, request, node, backend);
            } catch (java.net.ConnectException e) {
                backend.leaveOut();
            }
        }
        return false;
    }

    private static boolean isPassedOn(Socket client, byte[] request, Socket node, Backend backend) throws IOException {
        node.setSoTimeout(TIMEOUT_MILLIS);
        int first;
        InputStream answer;
        try {
            node.getOutputStream().write(request);
            answer = node.getInputStream();
            first = answer.read();
        } catch (java.net.SocketException e) {
            return false;
        }
        if (first < 0) {
            return false;
        }
        backend.answers.incrementAndGet();
        client.getOutputStream().write(first);
        answer.transferTo(client.getOutputStream());
        return true;
    }

    /** The request with the client's address; a body has a length. */
    private static byte[] forwarded(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
            if (!lower.startsWith("connection:") && !lower.startsWith("x-forwarded-for:")) {
                lines.add(line);
            }
        }
        lines.add("X-Forwarded-For: " + client.getInetAddress().getHostAddress());
        lines.add("Connection: close");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        request.write(in.readNBytes(length));
        return request.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client went");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
