package org.lsat.it.regtest;

import java.nio.file.Path;

class ExampleOnWildFlyIT extends ExampleWithLndIT {

    ExampleOnWildFlyIT(RegtestNetwork network) {
        super(network);
    }

    @Override
    ExampleServer start(LndNode node, Path macaroon) throws Exception {
        return ExampleServer.wildfly(ExampleServer.settings(node, macaroon));
    }
}
