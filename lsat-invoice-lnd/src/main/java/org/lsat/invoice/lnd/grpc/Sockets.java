package org.lsat.invoice.lnd.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * The sockets of one channel. gRPC waits without limit for a host that takes a connection and then says nothing, in a thread
 * that no interrupt wakes: closing the socket does. Thread-safe.
 */
final class Sockets extends SocketFactory implements AutoCloseable {

    private final int connectMillis;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** {@code connectWithin}: how long a host may take to answer at all. */
    Sockets(Duration connectWithin) {
        this.connectMillis = Math.toIntExact(connectWithin.toMillis());
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = new Socket();
        open.removeIf(Socket::isClosed);
        open.add(socket);
        try {
            socket.connect(new InetSocketAddress(host, port), connectMillis);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        if (closed) {
            socket.close();
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return createSocket(address.getAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public void close() {
        closed = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use to anybody any more.
            }
        }
    }
}
