package org.lsat.example;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Reads the rates while the application starts: a fault in the file shows at once, and nobody's request waits for it. */
@WebListener
public class ReadAtStart implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext()
                .log("Exchange rates up to " + ReferenceRates.published().newestDay());
    }
}
