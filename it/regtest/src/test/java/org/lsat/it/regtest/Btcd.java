package org.lsat.it.regtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The block chain. btcd forgets a regtest chain at every start, so it is started once. */
final class Btcd {

    static final String USER = "rpc";
    static final String PASSWORD = "rpc";

    private static final Duration TO_START = Duration.ofSeconds(30);

    private final Path directory;
    private final int rpcPort = FreePort.find();
    private final Daemon daemon;

    /** Starts it; {@code miningAddress}: whom its blocks pay. */
    Btcd(Path tools, Path parent, String miningAddress) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(parent.resolve("btcd"));
        Path empty = Files.writeString(directory.resolve("btcd.conf"), "");
        this.daemon = Daemon.start(
                "btcd",
                parent.resolve("btcd.log"),
                List.of(
                        tools.resolve("btcd").toString(),
                        "--configfile=" + empty,
                        "--regtest",
                        "--datadir=" + directory.resolve("data"),
                        "--logdir=" + directory.resolve("logs"),
                        "--rpcuser=" + USER,
                        "--rpcpass=" + PASSWORD,
                        "--rpccert=" + certificate(),
                        "--rpckey=" + directory.resolve("rpc.key"),
                        "--rpclisten=" + address(),
                        "--listen=127.0.0.1:" + FreePort.find(),
                        "--txindex",
                        "--nodnsseed",
                        "--nobanning",
                        "--nostalldetect",
                        "--trickleinterval=100ms",
                        "--miningaddr=" + miningAddress));
        Await.until("btcd answers", TO_START, () -> {
            daemon.requireAlive();
            return Files.exists(certificate()) && call("getblockcount", "").contains("\"error\":null");
        });
    }

    String address() {
        return "127.0.0.1:" + rpcPort;
    }

    Path certificate() {
        return directory.resolve("rpc.cert");
    }

    void mine(int blocks) throws IOException, InterruptedException {
        String answer = call("generate", Integer.toString(blocks));
        if (!answer.contains("\"error\":null")) {
            throw new AssertionError("btcd mines no block: " + answer);
        }
    }

    private String call(String method, String parameters) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + address()))
                .header("Authorization", "Basic " + login)
                .timeout(TO_START)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}"))
                .build();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(certificate()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static SSLContext trusting(Path certificate) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "btcd",
                    CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(certificate)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    void stop() throws InterruptedException {
        daemon.stop();
    }
}
