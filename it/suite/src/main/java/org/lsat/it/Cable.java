package org.lsat.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leads to a port of this machine, until it is cut. Who connects then is hung up on at once. */
final class Cable implements AutoCloseable {

    private final int to;
    private final ServerSocket end;
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cable(int to) throws IOException {
        this.to = to;
        this.end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return end.getLocalPort();
    }

    void cut() {
        cut = true;
        connected.forEach(Cable::hangUp);
        connected.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!end.isClosed()) {
            try {
                connect(end.accept());
            } catch (IOException e) {
                // It was closed, or that one has gone again.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        if (cut) {
            hangUp(near);
            return;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        connected.add(near);
        connected.add(far);
        start(() -> lead(near, far));
        start(() -> lead(far, near));
        if (cut) {
            cut();
        }
    }

    private void lead(Socket from, Socket into) {
        try {
            from.getInputStream().transferTo(into.getOutputStream());
        } catch (IOException e) {
            // One of both has hung up.
        } finally {
            hangUp(from);
            hangUp(into);
            connected.remove(from);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is there any more.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        end.close();
        cut();
    }
}
