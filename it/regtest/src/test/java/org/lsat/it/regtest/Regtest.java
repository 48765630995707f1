package org.lsat.it.regtest;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the network: one for all of them, started for the first that asks, and stopped after the last. Where it cannot
 * be built they are left out; what a resolver throws fails them, whatever it is.
 */
final class Regtest implements ExecutionCondition, ParameterResolver {

    /** What JUnit closes when all tests have run. */
    private record Started(RegtestNetwork network) implements AutoCloseable {

        static Started now() {
            try {
                return new Started(RegtestNetwork.start(Path.of(System.getProperty("regtest.directory"))));
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            try {
                network.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Tools.canBeBuilt()
                ? ConditionEvaluationResult.enabled("there is Go")
                : ConditionEvaluationResult.disabled("no Go here to build LND with");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RegtestNetwork.class;
    }

    @Override
    public RegtestNetwork resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Regtest.class))
                .getOrComputeIfAbsent(Started.class, key -> Started.now(), Started.class)
                .network();
    }
}
