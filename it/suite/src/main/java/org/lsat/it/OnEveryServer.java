package org.lsat.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application under test, twice: as the root application and under a context path. */
@ExtendWith(ArquillianExtension.class)
abstract class OnEveryServer {

    static final Shop ROOT = Shop.at("");
    static final Shop SHOP = Shop.at("/shop");

    @Deployment(name = "root", order = 1, testable = false)
    public static WebArchive root() {
        return TestWar.war("ROOT.war", TestWar.settings());
    }

    @Deployment(name = "shop", order = 2, testable = false)
    public static WebArchive shop() {
        return TestWar.war("shop.war", TestWar.settings());
    }

    static Shop[] shops() {
        return new Shop[] {ROOT, SHOP};
    }
}
