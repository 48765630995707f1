package org.lsat.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leads to a port of this machine, until it is cut or goes dead. Cut, it hangs up on whoever is or comes there. Dead, as behind
 * a firewall that forgot the connection, it swallows what is sent, and connections that lost something stay so.
 */
final class Cable implements AutoCloseable {

    private final int to;
    private final ServerSocket end;
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean dead;

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

    void goDead() {
        dead = true;
    }

    void mend() {
        cut = false;
        dead = false;
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
        AtomicBoolean lost = new AtomicBoolean();
        start(() -> lead(near, far, lost));
        start(() -> lead(far, near, lost));
        if (cut) {
            cut();
        }
    }

    private void lead(Socket from, Socket into, AtomicBoolean lost) {
        byte[] bytes = new byte[8192];
        try {
            for (int n = from.getInputStream().read(bytes);
                    n >= 0;
                    n = from.getInputStream().read(bytes)) {
                if (dead) {
                    lost.set(true);
                }
                if (!lost.get()) {
                    into.getOutputStream().write(bytes, 0, n);
                }
            }
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
