package org.lsat.it.cluster;

class TomcatClusterIT extends ClusterTests {

    @Override
    Cluster start() throws Exception {
        return new Cluster(Node::tomcats, "java:comp/env/jdbc/counts");
    }
}
