package org.lsat.servlet;

import java.time.InstantSource;
import org.lsat.Paywall;

/** What judges the requests of an application now. */
record Guard(
        Paywall paywall,
        InstantSource clock,
        Warnings warnings,
        SecondGate secondGate,
        Contradictions contradictions,
        Clients clients) {}
