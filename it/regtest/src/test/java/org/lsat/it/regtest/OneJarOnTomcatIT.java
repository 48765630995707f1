package org.lsat.it.regtest;

import java.nio.file.Path;

class OneJarOnTomcatIT extends ExampleIT {

    OneJarOnTomcatIT(RegtestNetwork network) {
        super(network);
    }

    @Override
    ExampleServer start(LndNode node, Path macaroon) throws Exception {
        return ExampleServer.tomcatWithOneJar(ExampleServer.settings(node, macaroon));
    }
}
