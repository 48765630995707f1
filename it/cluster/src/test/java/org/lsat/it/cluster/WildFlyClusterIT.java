package org.lsat.it.cluster;

class WildFlyClusterIT extends ClusterTests {

    @Override
    Cluster start() throws Exception {
        return new Cluster(Node::wildflies, "java:jboss/datasources/counts");
    }
}
