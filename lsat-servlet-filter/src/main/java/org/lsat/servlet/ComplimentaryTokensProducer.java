package org.lsat.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.lsat.ComplimentaryTokens;

/** Makes {@link ComplimentaryTokens} injectable; {@code null} before the paywall has started, and where it is switched off. */
@ApplicationScoped
public class ComplimentaryTokensProducer {

    /** For the container. */
    public ComplimentaryTokensProducer() {}

    @Produces
    @Dependent
    @Nullable ComplimentaryTokens current(ServletContext context) {
        return context.getAttribute(ComplimentaryTokens.ATTRIBUTE) instanceof ComplimentaryTokens tokens
                ? tokens
                : null;
    }
}
