package org.lsat.it.regtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lsat.protocol.Preimage;

/**
 * Two nodes and a funded channel from Bob to Alice, in about ten seconds. Bob's seed is fixed, so that it is known to whom
 * the chain pays before there is a Bob: btcd would have to be started again otherwise, and forget the chain.
 */
final class RegtestNetwork {

    /** Worthless: the money of this chain is made by this class. */
    private static final List<String> SEED = List.of(
            "above",
            "jazz",
            "source",
            "outdoor",
            "chase",
            "evidence",
            "uniform",
            "gesture",
            "figure",
            "quiz",
            "alien",
            "rack",
            "charge",
            "state",
            "word",
            "steel",
            "insane",
            "damage",
            "bunker",
            "pottery",
            "couch",
            "front",
            "fragile",
            "adult");

    private static final String FIRST_ADDRESS = "bcrt1qwt922shezpx77mlf4qq8z77qw24tl8klarl0f8";

    /** SegWit is active and rewards of the first blocks may be spent. */
    private static final int BLOCKS = 450;

    private static final int CONFIRMATIONS = 6;
    private static final long CHANNEL_SAT = 5_000_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Btcd chain;
    private final LndNode alice;
    private final LndNode bob;

    private RegtestNetwork(Btcd chain, LndNode alice, LndNode bob) {
        this.chain = chain;
        this.alice = alice;
        this.bob = bob;
    }

    /** Starts a new one; what was in {@code directory} is deleted. */
    static RegtestNetwork start(Path directory) throws IOException, InterruptedException {
        Path tools = Tools.directory();
        delete(directory);
        Files.createDirectories(directory);
        long begin = System.nanoTime();
        Btcd chain = new Btcd(tools, directory, FIRST_ADDRESS);
        RegtestNetwork network = new RegtestNetwork(
                chain, new LndNode(tools, directory, "alice", chain), new LndNode(tools, directory, "bob", chain));
        network.fund();
        System.out.printf("The regtest network is up after %.1f s.%n", (System.nanoTime() - begin) / 1e9);
        return network;
    }

    private void fund() throws IOException, InterruptedException {
        alice.start(true);
        bob.start(true);
        bob.createWallet(SEED);
        alice.createWallet(List.of());
        // The wallet watches only those addresses that it has handed out.
        if (!bob.newAddress().equals(FIRST_ADDRESS)) {
            throw new AssertionError("Bob's first address is not the one that is mined for");
        }
        chain.mine(BLOCKS);
        alice.awaitReady();
        bob.awaitReady();
        Await.until(
                "Bob has money",
                LONG,
                () -> bob.confirmedSat() > 0 && bob.info().getSyncedToChain());
        Await.until("Alice knows the chain", LONG, () -> alice.info().getSyncedToChain());
        Await.until("Bob is connected", LONG, () -> bob.isConnectedTo(alice));
        bob.openChannelTo(alice, CHANNEL_SAT);
        chain.mine(CONFIRMATIONS);
        awaitChannel();
    }

    /** Alice, who sells. */
    LndNode alice() {
        return alice;
    }

    /** Bob, who pays. */
    LndNode bob() {
        return bob;
    }

    /** Starts Alice again. */
    void startAlice() throws IOException, InterruptedException {
        alice.start(true);
        alice.awaitReady();
    }

    private void awaitChannel() throws InterruptedException {
        Await.until("the channel is active", LONG, () -> bob.hasActiveChannel() && alice.hasActiveChannel());
    }

    /**
     * Bob pays. It may take a second or two after the channel became active, since Bob knows no route yet; and after Alice
     * was started again Bob has to be told to connect: by himself he would wait longer after each time.
     */
    Preimage pay(String bolt11) throws InterruptedException {
        Preimage[] paid = new Preimage[1];
        untilBobCan(() -> paid[0] = bob.pay(bolt11));
        return paid[0];
    }

    /** Bob pays Alice, who asked for nothing. */
    void keysend(Preimage preimage, long amountMsat) throws InterruptedException {
        untilBobCan(() -> bob.keysend(alice, preimage, amountMsat));
    }

    private void untilBobCan(Runnable pay) throws InterruptedException {
        Await.until("Bob can pay", LONG, () -> {
            try {
                pay.run();
                return true;
            } catch (LndNode.PaymentFailure e) {
                bob.isConnectedTo(alice);
                throw new IOException(e);
            }
        });
    }

    void stop() throws InterruptedException {
        bob.stop();
        alice.stop();
        chain.stop();
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
