package org.lsat.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Sends requests at a rate for some seconds, over a few connections that stay open.
 *
 * @param answers in no order
 * @param took from the first to the last
 */
record Flood(List<Answer> answers, Duration took) {

    private static final int CONNECTIONS = 8;
    private static final int TIMEOUT_MILLIS = 15_000;

    /** What came, and after how long. */
    record Answer(int status, long micros) {}

    /**
     * Runs one.
     *
     * @param perSecond of all connections together; fewer where the server is slower
     * @param headers of the request with this number, each with its line end
     */
    static Flood run(int port, String target, int perSecond, Duration time, IntFunction<String> headers)
            throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        long begin = System.nanoTime();
        try {
            List<Future<List<Answer>>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int first = i;
                running.add(clients.submit(() -> client(port, target, perSecond, time, first, headers)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> each : running) {
                answers.addAll(each.get());
            }
            return new Flood(answers, Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<Answer> client(
            int port, String target, int perSecond, Duration time, int first, IntFunction<String> headers)
            throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        long interval = TimeUnit.SECONDS.toNanos(CONNECTIONS) / perSecond;
        long begin = System.nanoTime();
        try (Connection connection = new Connection(port)) {
            for (int i = 0; i * interval < time.toNanos(); i++) {
                long early = begin + i * interval - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                } else if (System.nanoTime() - begin > time.toNanos()) {
                    break;
                }
                long sent = System.nanoTime();
                int status = connection.get(target, headers.apply(i * CONNECTIONS + first));
                answers.add(new Answer(status, (System.nanoTime() - sent) / 1_000));
            }
        }
        return answers;
    }

    /** How many answers had this status. */
    long count(int status) {
        return answers.stream().filter(answer -> answer.status == status).count();
    }

    /** The time within which so many of a hundred answers of a status came. */
    Duration percentile(int status, int percent) {
        List<Long> micros = answers.stream()
                .filter(answer -> answer.status == status)
                .map(Answer::micros)
                .sorted()
                .toList();
        return Duration.ofNanos(1_000 * micros.get((int) ((micros.size() - 1L) * percent / 100)));
    }

    /** One connection; a server that closes it gets another. */
    private static final class Connection implements AutoCloseable {

        private final int port;
        private Socket socket;
        private InputStream in;

        Connection(int port) throws IOException {
            this.port = port;
            this.socket = open();
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private Socket open() throws IOException {
            Socket opened = new Socket();
            opened.setTcpNoDelay(true);
            opened.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            opened.setSoTimeout(TIMEOUT_MILLIS);
            return opened;
        }

        int get(String target, String headers) throws IOException {
            String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            int status = Integer.parseInt(line().substring(9, 12));
            long length = -1;
            boolean chunked = false;
            boolean closes = false;
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(lower.substring(15).strip());
                }
                chunked |= lower.equals("transfer-encoding: chunked");
                closes |= lower.equals("connection: close");
            }
            if (chunked) {
                for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
                    in.skipNBytes(size + 2L);
                    if (size == 0) {
                        break;
                    }
                }
            } else {
                in.skipNBytes(Math.max(0, length));
            }
            if (closes) {
                socket.close();
                socket = open();
                in = new BufferedInputStream(socket.getInputStream());
            }
            return status;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the server closed the connection after: " + line);
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
