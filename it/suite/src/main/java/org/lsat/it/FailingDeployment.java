package org.lsat.it;

import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployer;

/** Deploys what the server should refuse to start. */
final class FailingDeployment {

    private FailingDeployment() {}

    /** Throws what the server's adapter throws, if it does: checked or not, and declared nowhere. */
    static void deploy(Deployer deployer, String name) throws IOException {
        if (Server.KIND != Server.LIBERTY) {
            deployer.deploy(name);
            return;
        }
        // The adapter knows another message than this, and would sleep for 20 s.
        String refused = "CWWKZ0012I: The application " + name + " was not started";
        int before = ServerLog.count(refused);
        Thread deploying = Thread.currentThread();
        Thread watching = new Thread(() -> {
            try {
                Await.until(refused, () -> ServerLog.count(refused) > before);
                deploying.interrupt();
            } catch (IOException | AssertionError e) {
                // The deployment succeeded, or failed otherwise: the adapter saw that.
            }
        });
        watching.start();
        try {
            deployer.deploy(name);
        } finally {
            watching.interrupt();
            joinUninterrupted(watching);
        }
    }

    @SuppressWarnings("ThreadJoinLoop") // It is one; what the check would have instead is in a library.
    private static void joinUninterrupted(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // It interrupted this thread just now, which no longer sleeps.
            }
        }
        Thread.interrupted();
    }
}
