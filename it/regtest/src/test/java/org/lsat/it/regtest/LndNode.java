package org.lsat.it.regtest;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lightningj.lnd.proto.LightningApi;
import org.lightningj.lnd.proto.LightningGrpc;
import org.lightningj.lnd.router.proto.RouterGrpc;
import org.lightningj.lnd.router.proto.RouterOuterClass;
import org.lightningj.lnd.stateservice.proto.StateGrpc;
import org.lightningj.lnd.stateservice.proto.Stateservice;
import org.lightningj.lnd.walletunlocker.proto.WalletUnlockerGrpc;
import org.lightningj.lnd.walletunlocker.proto.Walletunlocker;
import org.lsat.protocol.Preimage;

/** An LND, as its administrator sees it. */
final class LndNode {

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofSeconds(20);
    private static final String PASSWORD = "password1";
    private static final long KEYSEND_RECORD = 5_482_373_484L;
    private static final Metadata.Key<String> MACAROON = Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

    private final Path tools;
    private final Path parent;
    private final String name;
    private final Btcd chain;
    private final Path directory;
    private final int rpcPort = FreePort.find();
    private final int restPort = FreePort.find();
    private final int peerPort = FreePort.find();
    private final Path password;
    private @Nullable Daemon daemon;

    /** Not started yet. */
    LndNode(Path tools, Path parent, String name, Btcd chain) throws IOException {
        this.tools = tools;
        this.parent = parent;
        this.name = name;
        this.chain = chain;
        this.directory = Files.createDirectories(parent.resolve(name));
        this.password = Files.writeString(parent.resolve(name + ".password"), PASSWORD);
    }

    /** Starts with what it has; {@code unlocks}: whether it opens its wallet by itself. */
    void start(boolean unlocks) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("lnd").toString(),
                "--lnddir=" + directory,
                "--alias=" + name,
                "--bitcoin.regtest",
                "--bitcoin.node=btcd",
                "--btcd.rpchost=" + chain.address(),
                "--btcd.rpcuser=" + Btcd.USER,
                "--btcd.rpcpass=" + Btcd.PASSWORD,
                "--btcd.rpccert=" + chain.certificate(),
                "--nobootstrap",
                "--rpclisten=127.0.0.1:" + rpcPort,
                "--restlisten=127.0.0.1:" + restPort,
                "--listen=127.0.0.1:" + peerPort,
                "--bitcoin.defaultchanconfs=1",
                "--trickledelay=50",
                "--healthcheck.chainbackend.attempts=0",
                "--accept-keysend",
                "--gc-canceled-invoices-on-the-fly",
                "--debuglevel=info"));
        if (unlocks) {
            command.add("--wallet-unlock-password-file=" + password);
            command.add("--wallet-unlock-allow-create");
        }
        daemon = Daemon.start(name, parent.resolve(name + ".log"), command);
    }

    /** Makes a wallet; {@code seed}: 24 words, or none for new ones. */
    void createWallet(List<String> seed) throws InterruptedException {
        awaitState(Stateservice.WalletState.NON_EXISTING);
        call(channel -> {
            WalletUnlockerGrpc.WalletUnlockerBlockingStub unlocker =
                    deadline(WalletUnlockerGrpc.newBlockingStub(channel));
            List<String> words = seed.isEmpty()
                    ? unlocker.genSeed(Walletunlocker.GenSeedRequest.getDefaultInstance())
                            .getCipherSeedMnemonicList()
                    : seed;
            return unlocker.initWallet(Walletunlocker.InitWalletRequest.newBuilder()
                    .setWalletPassword(ByteString.copyFromUtf8(PASSWORD))
                    .addAllCipherSeedMnemonic(words)
                    .build());
        });
        Await.until(name + " answers", TO_START, () -> {
            Stateservice.WalletState state = state();
            return state == Stateservice.WalletState.RPC_ACTIVE || state == Stateservice.WalletState.SERVER_ACTIVE;
        });
    }

    void unlock() {
        call(channel -> deadline(WalletUnlockerGrpc.newBlockingStub(channel))
                .unlockWallet(Walletunlocker.UnlockWalletRequest.newBuilder()
                        .setWalletPassword(ByteString.copyFromUtf8(PASSWORD))
                        .build()));
    }

    void awaitReady() throws InterruptedException {
        awaitState(Stateservice.WalletState.SERVER_ACTIVE);
    }

    void awaitState(Stateservice.WalletState wanted) throws InterruptedException {
        Await.until(name + " is " + wanted, TO_START, () -> {
            running().requireAlive();
            return state() == wanted;
        });
    }

    private Stateservice.WalletState state() throws IOException {
        if (!Files.exists(certificate())) {
            return Stateservice.WalletState.WAITING_TO_START;
        }
        return callOpenly(channel -> deadline(StateGrpc.newBlockingStub(channel))
                        .getState(Stateservice.GetStateRequest.getDefaultInstance()))
                .getState();
    }

    Daemon running() {
        if (daemon == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return daemon;
    }

    void stop() throws InterruptedException {
        running().stop();
    }

    /** The value of {@code lsat.lnd.target}. */
    String target() {
        return "127.0.0.1:" + rpcPort;
    }

    /** The same for {@code lsat.backend=lnd-rest}. */
    String restAddress() {
        return "127.0.0.1:" + restPort;
    }

    Path certificate() {
        return directory.resolve("tls.cert");
    }

    /** LND makes a new certificate at its next start. */
    void forgetCertificate() throws IOException {
        Files.delete(certificate());
        Files.delete(directory.resolve("tls.key"));
    }

    Path adminMacaroon() {
        return directory.resolve("data/chain/bitcoin/regtest/admin.macaroon");
    }

    Path readonlyMacaroon() {
        return directory.resolve("data/chain/bitcoin/regtest/readonly.macaroon");
    }

    /** Runs a command of lncli, as an administrator writes it. */
    String lncli(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("lncli").toString(),
                "--lnddir=" + directory,
                "--network=regtest",
                "--rpcserver=" + target()));
        command.addAll(arguments);
        Process lncli = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(lncli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (lncli.waitFor() != 0) {
            throw new AssertionError("lncli " + String.join(" ", arguments) + ": " + printed);
        }
        return printed;
    }

    String newAddress() {
        return lightning(stub -> stub.newAddress(LightningApi.NewAddressRequest.newBuilder()
                        .setType(LightningApi.AddressType.WITNESS_PUBKEY_HASH)
                        .build()))
                .getAddress();
    }

    LightningApi.GetInfoResponse info() {
        return lightning(stub -> stub.getInfo(LightningApi.GetInfoRequest.getDefaultInstance()));
    }

    long confirmedSat() {
        return lightning(stub -> stub.walletBalance(LightningApi.WalletBalanceRequest.getDefaultInstance()))
                .getConfirmedBalance();
    }

    /** Connects, unless it is connected. */
    boolean isConnectedTo(LndNode other) {
        String key = other.info().getIdentityPubkey();
        boolean connected =
                lightning(stub -> stub.listPeers(LightningApi.ListPeersRequest.getDefaultInstance()))
                        .getPeersList()
                        .stream()
                        .anyMatch(peer -> peer.getPubKey().equals(key));
        if (!connected) {
            lightning(stub -> stub.connectPeer(LightningApi.ConnectPeerRequest.newBuilder()
                    .setAddr(LightningApi.LightningAddress.newBuilder()
                            .setPubkey(key)
                            .setHost("127.0.0.1:" + other.peerPort))
                    .build()));
        }
        return connected;
    }

    void openChannelTo(LndNode other, long sat) {
        lightning(stub -> stub.openChannelSync(LightningApi.OpenChannelRequest.newBuilder()
                .setNodePubkey(ByteString.fromHex(other.info().getIdentityPubkey()))
                .setLocalFundingAmount(sat)
                .setSatPerVbyte(30)
                .build()));
    }

    boolean hasActiveChannel() {
        return lightning(stub -> stub.listChannels(LightningApi.ListChannelsRequest.newBuilder()
                                .setActiveOnly(true)
                                .build()))
                        .getChannelsCount()
                > 0;
    }

    /** Makes an invoice that carries this hash, 64 hex digits, and may be paid for a day; answers its text. */
    String addInvoice(long amountMsat, String descriptionHash) {
        return lightning(stub -> stub.addInvoice(LightningApi.Invoice.newBuilder()
                        .setValueMsat(amountMsat)
                        .setDescriptionHash(ByteString.fromHex(descriptionHash))
                        .build()))
                .getPaymentRequest();
    }

    /** The state in which this node has an invoice. */
    LightningApi.Invoice lookUp(byte[] paymentHash) {
        return lightning(stub -> stub.lookupInvoice(LightningApi.PaymentHash.newBuilder()
                .setRHash(ByteString.copyFrom(paymentHash))
                .build()));
    }

    boolean knows(byte[] paymentHash) {
        try {
            lookUp(paymentHash);
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    long invoices() {
        return lightning(stub -> stub.listInvoices(LightningApi.ListInvoiceRequest.newBuilder()
                        .setNumMaxInvoices(1)
                        .setReversed(true)
                        .build()))
                .getLastIndexOffset();
    }

    /** Pays an invoice over its channels, and learns the preimage. */
    Preimage pay(String bolt11) {
        return send(RouterOuterClass.SendPaymentRequest.newBuilder().setPaymentRequest(bolt11));
    }

    /** Pays over its channels without an invoice, which needs a preimage that the payer knows (bLIP 3). */
    void keysend(LndNode to, Preimage preimage, long amountMsat) {
        send(RouterOuterClass.SendPaymentRequest.newBuilder()
                .setDest(ByteString.fromHex(to.info().getIdentityPubkey()))
                .setAmtMsat(amountMsat)
                .setPaymentHash(ByteString.copyFrom(preimage.hash().bytes()))
                .putDestCustomRecords(KEYSEND_RECORD, ByteString.fromHex(preimage.revealHex())));
    }

    private Preimage send(RouterOuterClass.SendPaymentRequest.Builder request) {
        LightningApi.Payment payment = call(channel -> {
            Iterator<LightningApi.Payment> updates = deadline(RouterGrpc.newBlockingStub(channel))
                    .sendPaymentV2(
                            request.setTimeoutSeconds(10).setFeeLimitSat(10).build());
            LightningApi.Payment last = updates.next();
            while (updates.hasNext()) {
                last = updates.next();
            }
            return last;
        });
        if (payment.getStatus() != LightningApi.Payment.PaymentStatus.SUCCEEDED) {
            throw new PaymentFailure(payment.getFailureReason().toString());
        }
        return Preimage.ofHex(payment.getPaymentPreimage());
    }

    /** A payment came to nothing. */
    static final class PaymentFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PaymentFailure(String reason) {
            super(reason);
        }
    }

    private <T> T lightning(Function<LightningGrpc.LightningBlockingStub, T> question) {
        return call(channel -> question.apply(deadline(LightningGrpc.newBlockingStub(channel))));
    }

    private static <S extends io.grpc.stub.AbstractStub<S>> S deadline(S stub) {
        return stub.withDeadlineAfter(CALL.toSeconds(), TimeUnit.SECONDS);
    }

    /** With the administrator's macaroon, if there is one already. */
    private <T> T call(Function<Channel, T> question) {
        return callOpenly(channel -> {
            if (!Files.exists(adminMacaroon())) {
                return question.apply(channel);
            }
            Metadata fields = new Metadata();
            try {
                fields.put(MACAROON, HexFormat.of().formatHex(Files.readAllBytes(adminMacaroon())));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return question.apply(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(fields)));
        });
    }

    private <T> T callOpenly(Function<Channel, T> question) {
        ManagedChannel channel;
        try {
            channel = OkHttpChannelBuilder.forAddress(
                            "127.0.0.1",
                            rpcPort,
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(certificate().toFile())
                                    .build())
                    .disableServiceConfigLookUp()
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try {
            return question.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }
}
