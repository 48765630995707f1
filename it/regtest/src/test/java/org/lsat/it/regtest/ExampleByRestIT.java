package org.lsat.it.regtest;

import java.nio.file.Path;
import java.util.Map;

/** The same by REST, and without a library of gRPC. */
class ExampleByRestIT extends ExampleOnTomcatIT {

    ExampleByRestIT(RegtestNetwork network) {
        super(network);
    }

    @Override
    ExampleServer start(LndNode node, Path macaroon) throws Exception {
        return ExampleServer.plainTomcat(settings(node, macaroon));
    }

    @Override
    Map<String, String> settings(LndNode node, Path macaroon) {
        Map<String, String> settings = super.settings(node, macaroon);
        settings.put("LSAT_BACKEND", "lnd-rest");
        settings.put("LSAT_LND_TARGET", node.restAddress());
        return settings;
    }

    @Override
    ExampleServer another(Map<String, String> settings) throws Exception {
        return ExampleServer.anotherPlainTomcat(settings);
    }
}
