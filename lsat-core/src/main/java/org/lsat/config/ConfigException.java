package org.lsat.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is not usable; the message lists all its faults, one a line. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** Copies the faults, of which there is at least one. */
    public ConfigException(List<Fault> faults) {
        super(faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining("\n  ", "lsat: the configuration has faults:\n  ", "")));
        this.faults = List.copyOf(faults);
    }

    /** All of them, in the order in which they were found. */
    public List<Fault> faults() {
        return faults;
    }
}
